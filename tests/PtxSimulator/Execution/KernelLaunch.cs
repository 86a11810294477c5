namespace PtxSimulator.Execution;

/// <summary>Extents along x, y, z of a grid or a block.</summary>
internal readonly record struct Extent(uint X, uint Y, uint Z)
{
    public long Count => (long)X * Y * Z;

    public Extent At(long index) => new((uint)(index % X), (uint)(index / X % Y), (uint)(index / ((long)X * Y)));

    public override string ToString() => $"({X}, {Y}, {Z})";
}

/// <summary>Everything about one kernel launch except its code.</summary>
internal sealed class KernelLaunch
{
    public required Extent Grid { get; init; }

    public required Extent Block { get; init; }

    public required int DynamicSharedBytes { get; init; }

    public required byte[] Parameters { get; init; }

    /// <summary>Launched to overlap its predecessor: until a lane has waited for that one, it may touch nothing that kernels write.</summary>
    public bool Overlaps { get; init; }
}
