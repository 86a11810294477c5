namespace HandMeshEngine.Systems;

/// <summary>
/// The depth of the wrist from a bone of known length, for systems that predict depths relative to it (docs/systems/handar.md 5, docs/systems/graphhand.md
/// 5.4; our addition, not from the papers).
/// </summary>
internal static class RootDepth
{
    /// <summary>Metres that the middle finger's first bone (joint 9 to 10) is taken to have when nobody knows.</summary>
    public const double NominalBone = 0.05;

    /// <summary>Index of the bone's joint that is nearer to the wrist.</summary>
    public const int BoneStart = 9;

    /// <summary>Index of its other joint.</summary>
    public const int BoneEnd = 10;

    // Arm's length: where a hand is when not even the bone tells.
    private const double NominalDepth = 0.6;

    /// <summary>
    /// Solves |P_a - P_b| = L where joint j lies at P_j = z A_j + B_j for the unknown depth z: a quadratic. Of two solutions the far
    /// one counts, where none exists the depth that comes closest, and an arm's length where the bone is seen end on.
    /// </summary>
    /// <param name="start">A and B of joint 9.</param>
    /// <param name="end">A and B of joint 10.</param>
    /// <param name="length">L, metres.</param>
    public static double FromBone((Vector3d A, Vector3d B) start, (Vector3d A, Vector3d B) end, double length)
    {
        Vector3d a = end.A - start.A, b = end.B - start.B;
        double half = Vector3d.Dot(a, b);
        double discriminant = (half * half) - (a.LengthSquared * (b.LengthSquared - (length * length)));
        double z = (-half + Math.Sqrt(Math.Max(discriminant, 0))) / a.LengthSquared;
        double nearest = Math.Min((z * start.A.Z) + start.B.Z, (z * end.A.Z) + end.B.Z);
        return double.IsFinite(z) && nearest > 0 ? z : NominalDepth;
    }
}
