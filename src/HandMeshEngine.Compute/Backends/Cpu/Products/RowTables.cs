namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Tables of the offset of each pixel, for register tiles. Equal tables are stored once.</summary>
internal static unsafe class RowTables
{
    /// <summary>
    /// The offset of each pixel of some images, the first at <paramref name="first"/>; the last is repeated up to
    /// <paramref name="length"/> entries, so that every tile is whole.
    /// </summary>
    public static int* Of(
        ConstantStore constants, int images, int height, int width, int imageStride, int rowStride, int pixelStride, int first, int length) =>
        constants.Shared((images, height, width, imageStride, rowStride, pixelStride, first, length), () =>
        {
            int count = images * height * width;
            var table = new int[length];
            for (int i = 0; i < length; i++)
            {
                (int row, int x) = Math.DivRem(Math.Min(i, count - 1), width);
                (int n, int y) = Math.DivRem(row, height);
                table[i] = first + (n * imageStride) + (y * rowStride) + (x * pixelStride);
            }

            return table;
        });
}
