namespace HandMeshEngine.Rig;

/// <summary>
/// Where the rig's wrist and knuckles are, seen from where the network puts them: its wrist lies at the crease, and its knuckles sink
/// into the palm as fingers bend (docs/systems/mediapipe-hand.md 8.1).
/// </summary>
internal static class LandmarkOffsets
{
    private const double Millimetre = 0.001;

    // Along the palm and out of it, millimetres of the rig's own size: of a straight finger, and more of one that is bent.
    private static readonly (int Joint, double Along, double AlongBent, double Out, double OutBent)[] _offsets =
    [
        (0, -3.7, -1.1, -2.1, 8.9),
        (5, 3.2, 4.2, 1.2, -14.3),
        (9, 2.4, 6.1, -1.7, -8.8),
        (13, 3.3, 8.1, -0.2, -9.8),
        (17, -0.7, 7.2, 2.6, -12.1),
    ];

    /// <summary>Moves the palm's landmarks to the rig's joints.</summary>
    /// <param name="joints">[21], changed.</param>
    /// <param name="along">From the wrist to the middle finger, in the joints' frame, as long as a metre of the rig is there.</param>
    /// <param name="outward">Out of the palm likewise.</param>
    public static void Apply(Span<Vector3d> joints, Vector3d along, Vector3d outward)
    {
        Span<double> bent = stackalloc double[HandMesh.JointCount];
        for (int knuckle = 5; knuckle < HandMesh.JointCount; knuckle += 4)
        {
            bent[knuckle] = Bent(joints.Slice(knuckle, 4));
            bent[0] += bent[knuckle] / 4;
        }

        foreach ((int joint, double straight, double more, double level, double rise) in _offsets)
        {
            joints[joint] += (along * (Millimetre * (straight + (more * bent[joint])))) + (outward * (Millimetre * (level + (rise * bent[joint]))));
        }
    }

    // 0: a straight finger; 1: the tip is back at the knuckle.
    private static double Bent(ReadOnlySpan<Vector3d> finger)
    {
        double length = (finger[1] - finger[0]).Length + (finger[2] - finger[1]).Length + (finger[3] - finger[2]).Length;
        return length > 0 ? 1 - ((finger[3] - finger[0]).Length / length) : 0;
    }
}
