namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>How a product is cut into blocks.</summary>
/// <param name="Rows">Rows of a block: 32, 64 or 128.</param>
/// <param name="Outputs">Columns of a block: 32, 64 or 128.</param>
/// <param name="Stages">Steps of k in shared memory at once, all but one of them on their way.</param>
/// <param name="Split">Blocks that share one tile, each with a part of k.</param>
internal readonly record struct Tile(int Rows, int Outputs, int Stages, int Split = 1)
{
    /// <summary>Values of k that a step multiplies.</summary>
    public const int StepDepth = 32;

    /// <summary>Bytes of one row or column of a step in shared memory.</summary>
    public const int StepBytes = 2 * StepDepth;

    /// <summary>Warps that share their sums, each with steps of its own: a tile gives 32 x 32 sums to each of four, at least.</summary>
    public int WarpsAlongK => Math.Max(1, 4096 / (Rows * Outputs));

    /// <summary>Dynamic shared memory of a block.</summary>
    public int SharedBytes => Math.Max(Stages * WarpsAlongK * Rows * StepBytes, WarpsAlongK > 1 ? 4096 * sizeof(float) : 0);

    /// <summary>Registers of a thread, about: sums, the weights of the steps to come, addresses and one step's rows.</summary>
    public int Registers => (WarpsAlongK * Rows * Outputs / 128) + ((Stages - 1) * 16) + 48;

    public override string ToString() => $"{Rows}x{Outputs}x{Stages}{(Split > 1 ? $" split {Split}" : string.Empty)}";
}
