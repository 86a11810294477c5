namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>Where a GridSample finds its points and what it does to them: scale clamp(p, lowest, highest) + shift.</summary>
internal readonly record struct PointMap(
    int Source, bool HasMap, float Lowest, float Highest, float ScaleX, float ScaleY, float ShiftX, float ShiftY)
{
    /// <summary>The position, in pixels of the sampled map, that a point stands for.</summary>
    public (float X, float Y) Apply(float x, float y) => (
        MathF.FusedMultiplyAdd(MathF.Min(MathF.Max(x, Lowest), Highest), ScaleX, ShiftX),
        MathF.FusedMultiplyAdd(MathF.Min(MathF.Max(y, Lowest), Highest), ScaleY, ShiftY));

    public override string ToString() => HasMap ? " mapped" : string.Empty;
}
