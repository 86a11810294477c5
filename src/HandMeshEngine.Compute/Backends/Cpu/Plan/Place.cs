namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Where a value lies. Swapped: axes 1 and 2 of [N, A, B] are stored the other way round.</summary>
internal sealed record Place(Area Area, bool Swapped = false)
{
    public static implicit operator Place(Area area) => new(area);

    /// <summary>The stride in floats of each logical axis.</summary>
    public long[] Strides(int rank) => Swapped ? [Area.ImageStride, 1, Area.PixelStride] : Area.LogicalStrides(rank);
}
