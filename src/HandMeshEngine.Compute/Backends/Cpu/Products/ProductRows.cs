namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Makes the row tables of the products of one layer.</summary>
internal sealed unsafe class ProductRows(ConstantStore constants, LayerOperands layer, int stride, TileShape shape)
{
    /// <summary>The product with tables for the first <paramref name="height"/> output rows of its part.</summary>
    public Product Of(Product product, Taps part, int height)
    {
        View output = layer.Output;
        int count = output.Images * height * part.Width;
        int whole = (count + shape.Pixels - 1) / shape.Pixels * shape.Pixels;
        nint Table(View view, int step, int first) => (nint)RowTables.Of(
            constants, output.Images, height, part.Width, view.ImageStride, step * view.RowStride, step * view.PixelStride, first, whole);
        nint OfPart(View view) => Table(view, part.OutputStride, (part.Row * view.RowStride) + (part.Column * view.PixelStride));
        return product with
        {
            Pixels = count,
            InputRows = Table(layer.Input, stride, 0),
            OutputRows = OfPart(output),
            ResidualRows = layer.Residual is null ? 0 : OfPart(layer.Residual),
        };
    }
}
