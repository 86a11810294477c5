namespace HandMeshEngine.Rig;

/// <summary>The bones of one finger from the palm outward.</summary>
/// <param name="FirstJoint">Joint number (MediaPipe order) of the finger's first landmark: 1, 5, 9, 13, 17.</param>
/// <param name="Bones">Skin indices; thumb 3 bones, other fingers 4 (the first is the metacarpal).</param>
/// <param name="TipBone">Skin index of the weightless tip bone.</param>
/// <param name="Heads">Rest positions of the bones' heads, then of the tip landmark, metres.</param>
internal sealed record FingerChain(int FirstJoint, int[] Bones, int TipBone, Vector3d[] Heads)
{
    /// <summary>The thumb's metacarpal ends in a landmark; the other fingers' metacarpals start inside the palm.</summary>
    public bool IsThumb => FirstJoint == 1;
}
