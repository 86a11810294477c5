namespace HandMeshEngine.Bench.Accuracy;

/// <summary>What a hand ends in: a bare arm or a sleeve, a tapered tube. No part of the truth.</summary>
internal sealed record Forearm(double Bend, double Sideways, double SleeveFrom, Vector3 Sleeve)
{
    private const int Around = 24;
    private const int Rings = 16;
    private const double Length = 0.3;

    // Where the rig ends beyond the wrist, and how far the arm reaches into it, metres at the rig's size.
    private const double Overlap = 0.008;

    /// <summary>An arm.</summary>
    public static Forearm Sample(Dice dice)
    {
        double from = dice.Happens(0.4) ? dice.Between(0.03, 0.15) : 1;
        return new Forearm(dice.Normal(0.25), dice.Normal(0.12), from, new Vector3((float)dice.Between(0.02, 0.7), (float)dice.Between(0.02, 0.7), (float)dice.Between(0.02, 0.7)));
    }

    /// <summary>The bare arm and the sleeve, in camera space.</summary>
    public IEnumerable<(HandMesh Mesh, bool IsSleeve)> Parts(PlacedHand placed)
    {
        yield return (Tube(placed, Overlap, Math.Min(SleeveFrom + 0.01, Length), 1), false);
        if (SleeveFrom < Length)
        {
            yield return (Tube(placed, SleeveFrom, Length, 1.22), true);
        }
    }

    private HandMesh Tube(PlacedHand placed, double from, double to, double loose)
    {
        PosedHand hand = placed.Hand;
        Vector3d wrist = hand.Rig.Heads[hand.Rig.WristBone];
        Vector3d down = (hand.Rig.RestJoints[0] - hand.Rig.RestJoints[9]).Normalized();
        Vector3d across = Vector3d.Cross(down, hand.Palmar).Normalized(), thick = Vector3d.Cross(across, down);
        (Vector3d middle, double halfWidth, double halfThickness) = Cut(hand, down, across, thick);
        var surface = new MeshSurface(Around * Rings, Faces());
        var mesh = new HandMesh(surface);
        Span<Vector3> vertices = mesh.Refill(surface);
        for (int ring = 0; ring < Rings; ring++)
        {
            double along = from + ((to - from) * ring / (Rings - 1));
            double grown = loose * (0.97 + (0.55 * Math.Min(along / 0.2, 1)));
            double share = Math.Clamp((along - Overlap) / 0.05, 0, 1), bend = Bend * share, aside = Sideways * share;
            Vector3d axis = (down * (along * Math.Cos(bend))) + (hand.Palmar * (along * Math.Sin(bend))) + (across * (along * Math.Sin(aside)));
            for (int i = 0; i < Around; i++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * i / Around);
                Vector3d local = middle + ((axis + (across * (cos * halfWidth * grown)) + (thick * (sin * halfThickness * (grown + (0.3 * share))))) * hand.Scale);
                vertices[(ring * Around) + i] = ((placed.Turn * local) + placed.At).ToSingle();
            }
        }

        return mesh;
    }

    // Where the hand's own mesh ends: its middle beside the wrist joint and half its extents, the latter before scaling.
    private static (Vector3d Middle, double Width, double Thickness) Cut(PosedHand hand, Vector3d down, Vector3d across, Vector3d thick)
    {
        Vector3d[] rim = [.. hand.Vertices.Select(Vector3d.From).Where(vertex => Vector3d.Dot(vertex, down) > 0.012 * hand.Scale)];
        double low = rim.Min(p => Vector3d.Dot(p, across)), high = rim.Max(p => Vector3d.Dot(p, across));
        double near = rim.Min(p => Vector3d.Dot(p, thick)), far = rim.Max(p => Vector3d.Dot(p, thick));
        return ((across * ((low + high) / 2)) + (thick * ((near + far) / 2)), (high - low) / 2 / hand.Scale, (far - near) / 2 / hand.Scale);
    }

    private static int[] Faces()
    {
        var faces = new List<int>();
        for (int ring = 0; ring + 1 < Rings; ring++)
        {
            for (int i = 0; i < Around; i++)
            {
                int a = (ring * Around) + i, b = (ring * Around) + ((i + 1) % Around);
                faces.AddRange([a, a + Around, b, b, a + Around, b + Around]);
            }
        }

        return [.. faces];
    }
}
