using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>The tables of a product for bands of output rows, offsets counted from the first row of the band.</summary>
internal sealed class ProductBands(RowWindow window, Func<int, Product> make)
{
    private readonly Dictionary<int, Product> _products = [];

    /// <summary>The input rows of an output row.</summary>
    public RowWindow Window => window;

    /// <summary>Makes the tables for bands of this many rows.</summary>
    public void Prepare(int rows) => _products.TryAdd(rows, make(rows));

    /// <summary>The product of a band of this many rows, which was prepared.</summary>
    public Product Of(int rows) => _products[rows];
}
