using HandMeshEngine.Tests.Rig;

namespace HandMeshEngine.Tests.Export;

/// <summary>Hands to export, made from the stored landmarks of parity cases.</summary>
internal static class TestHands
{
    /// <summary>All hands of a case.</summary>
    public static HandMesh[] Of(string name)
    {
        HandCase stored = HandCase.Load(name);
        var mesher = new LandmarkMesher();
        var hands = new HandMesh[stored.Hands];
        for (int k = 0; k < hands.Length; k++)
        {
            hands[k] = LandmarkMesher.NewHand();
            LandmarkMesherTests.Fill(mesher, hands[k], stored, k);
        }

        return hands;
    }

    /// <summary>A left and a right hand.</summary>
    public static HandMesh[] Pair() => [.. Of("pointing"), .. Of("rendered-0")];

    /// <summary>A hand whose place could not be solved.</summary>
    public static HandMesh Unplaced()
    {
        HandCase stored = HandCase.Load("pointing");
        HandMesh hand = LandmarkMesher.NewHand();
        hand.WritableKeypoints.Fill(new Vector2(100, 100));
        new LandmarkMesher().Fill(hand, stored.Floats("hand0.z"), stored.Points3("hand0.world"), Handedness.Left);
        return hand;
    }

    /// <summary>A flat grid with more vertices than 16 bits can count.</summary>
    public static HandMesh Large()
    {
        const int side = 260;
        var faces = new List<int>();
        for (int i = 0; i < (side - 1) * side; i++)
        {
            if ((i + 1) % side != 0)
            {
                faces.AddRange([i, i + 1, i + side, i + 1, i + side + 1, i + side]);
            }
        }

        int[] all = [.. faces];
        var surface = new MeshSurface(side * side, all);
        var hand = new HandMesh(surface);
        Span<Vector3> vertices = hand.Refill(surface);
        for (int i = 0; i < vertices.Length; i++)
        {
            vertices[i] = new Vector3(i % side, i / side, 500) * 0.001f;
        }

        return hand;
    }
}
