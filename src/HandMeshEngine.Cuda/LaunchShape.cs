namespace HandMeshEngine.Cuda;

/// <summary>The extent of a launch.</summary>
/// <param name="GridX">Blocks along x.</param>
/// <param name="GridY">Blocks along y.</param>
/// <param name="GridZ">Blocks along z.</param>
/// <param name="BlockX">Threads of a block along x.</param>
/// <param name="BlockY">Threads of a block along y.</param>
/// <param name="BlockZ">Threads of a block along z.</param>
/// <param name="SharedBytes">Dynamic shared memory of a block in bytes.</param>
public readonly record struct LaunchShape(
    int GridX, int GridY, int GridZ, int BlockX, int BlockY = 1, int BlockZ = 1, int SharedBytes = 0)
{
    /// <summary>The extents as text.</summary>
    public override string ToString() =>
        $"grid {GridX} x {GridY} x {GridZ}, block {BlockX} x {BlockY} x {BlockZ}, {SharedBytes} bytes of shared memory";
}
