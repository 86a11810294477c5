namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Offsets of the rows of a plain matrix product, padded to whole tiles by repeating the last.</summary>
/// <param name="Input">Of each row of the left operand.</param>
/// <param name="Output">Of each row of the result.</param>
/// <param name="Tiles">Tiles of rows.</param>
internal readonly unsafe record struct MatrixRows(nint Input, nint Output, int Tiles)
{
    /// <summary>Tables for this many rows, which lie the given strides apart.</summary>
    public static MatrixRows Of(ConstantStore constants, int rows, int inputStride, int outputStride, TileShape shape)
    {
        int tiles = (rows + shape.Pixels - 1) / shape.Pixels;
        nint Table(int stride) => (nint)RowTables.Of(constants, 1, 1, rows, 0, 0, stride, 0, tiles * shape.Pixels);
        return new MatrixRows(Table(inputStride), Table(outputStride), tiles);
    }

    /// <summary>A call for all rows with sums of this depth; segments, operands and lanes are left to fill in.</summary>
    public TileCall Call(int depth) => new()
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
