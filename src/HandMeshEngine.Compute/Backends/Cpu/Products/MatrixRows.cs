using HandMeshEngine.Compute.Backends.Cpu.Kernels;

namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Offsets of the rows of a plain matrix product, padded to whole tiles by repeating the last.</summary>
/// <param name="Input">Of each row of the left operand.</param>
/// <param name="Output">Of each row of the result.</param>
/// <param name="Tiles">Tiles of rows.</param>
internal readonly record struct MatrixRows(nint Input, nint Output, int Tiles)
{
    /// <summary>A call for all rows with sums of this depth; segments, operands and lanes are left to fill in.</summary>
    public unsafe TileCall Call(int depth) => new()
    {
        Tiles = Tiles,
        InputRows = (int*)Input,
        OutputRows = (int*)Output,
        SegmentCount = 1,
        SegmentLength = depth,
        Low = float.NegativeInfinity,
        High = float.PositiveInfinity,
    };
}
