namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>What one pass of the landmark network says about one crop, brought back to the image.</summary>
internal sealed class Landmarks
{
    /// <summary>What the network saw.</summary>
    public Crop Crop { get; set; }

    /// <summary>The turned view whose crop the network saw; null for a crop of the image itself.</summary>
    public TurnedView? View { get; set; }

    /// <summary>[21] pixels of the <see cref="View"/> from its axis; without one those of the image.</summary>
    public Vector2[] ViewUv { get; } = new Vector2[HandMesh.JointCount];

    /// <summary>True if a keypoint lies where the lens shows nothing.</summary>
    public bool LeavesLens { get; set; }

    /// <summary>[21] pixels of the image.</summary>
    public Vector2[] Uv { get; } = new Vector2[HandMesh.JointCount];

    /// <summary>[21] depth relative to the wrist, network units (docs/systems/mediapipe-hand.md 3.2).</summary>
    public float[] Z { get; } = new float[HandMesh.JointCount];

    /// <summary>[21] metres, axes of the image or the view, own origin.</summary>
    public Vector3[] World { get; } = new Vector3[HandMesh.JointCount];

    /// <summary>Probability that there is a hand.</summary>
    public float Presence { get; set; }

    /// <summary>Probability that it is a right hand.</summary>
    public float RightProbability { get; set; }

    /// <summary>The likelier hand.</summary>
    public Handedness Handedness => Likelier(RightProbability);

    /// <summary>Score of the palm that led here; null after a box, tracking or the fallback.</summary>
    public float? PalmScore { get; set; }

    /// <summary>Middle of wrist and knuckles, pixels of the image.</summary>
    public Vector2 PalmCentre => (Uv[0] + Uv[5] + Uv[9] + Uv[13] + Uv[17]) / 5;

    /// <summary>Where to look next, in a second pass or the next frame; of a view's landmarks, which are not stretched (7.5).</summary>
    public Crop NextCrop { get; set; }

    /// <summary>The likelier hand of a probability that it is a right one.</summary>
    public static Handedness Likelier(float rightProbability) => rightProbability > 0.5f ? Handedness.Right : Handedness.Left;

    /// <summary>Whether both readings are sure of their side, and it is not the same.</summary>
    public bool IsOtherSideThan(Landmarks other)
    {
        const float sure = 0.8f;
        return Math.Max(RightProbability, other.RightProbability) > sure && Math.Min(RightProbability, other.RightProbability) < 1 - sure;
    }

    public void CopyTo(Landmarks other)
    {
        other.Crop = Crop;
        other.View = View;
        other.NextCrop = NextCrop;
        ViewUv.CopyTo(other.ViewUv, 0);
        other.LeavesLens = LeavesLens;
        Uv.CopyTo(other.Uv, 0);
        Z.CopyTo(other.Z, 0);
        World.CopyTo(other.World, 0);
        other.Presence = Presence;
        other.RightProbability = RightProbability;
        other.PalmScore = PalmScore;
    }
}
