using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>The tables of a product for some rows of its output at a time, counted from the first of them.</summary>
internal sealed class ProductBands(RowWindow window, Func<int, Product> make)
{
    private readonly Dictionary<int, Product> _products = [];

    /// <summary>The input rows of an output row.</summary>
    public RowWindow Window => window;

    /// <summary>Makes the tables for this many rows.</summary>
    public void Prepare(int rows) => _products.TryAdd(rows, make(rows));

    /// <summary>The product of this many rows, made before.</summary>
    public Product Of(int rows) => _products[rows];
}
