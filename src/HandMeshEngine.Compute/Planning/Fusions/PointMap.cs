namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>Where a GridSample finds its points and what it does to them: scale clamp(p, lowest, highest) + shift.</summary>
internal readonly record struct PointMap(
    int Source, bool HasMap, float Lowest, float Highest, float ScaleX, float ScaleY, float ShiftX, float ShiftY)
{
    public override string ToString() => HasMap ? " mapped" : string.Empty;
}
