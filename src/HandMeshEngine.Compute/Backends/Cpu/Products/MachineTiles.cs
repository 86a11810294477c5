using HandMeshEngine.Compute.Backends.Cpu.Machine;

namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>The register tiles of one product as machine code: one for each kind of panel, with and without prefetching of other weights.</summary>
internal sealed unsafe class MachineTiles
{
    private readonly int _pixels;
    private readonly MachineFunction[] _plain;
    private readonly MachineFunction[] _prefetching;

    /// <summary>Asks for the functions of a product.</summary>
    /// <param name="code">Takes them.</param>
    /// <param name="product">The product.</param>
    /// <param name="shape">The register tile.</param>
    /// <param name="layer">What it reads and writes.</param>
    /// <param name="outputIsFar">Whether the output is in no near cache.</param>
    public MachineTiles(MachineCode code, Product product, TileShape shape, LayerOperands layer, bool outputIsFar)
        : this(code, Offsets(product), product.SegmentLength, product.Panels, shape, layer, outputIsFar)
    {
    }

    /// <summary>Asks for the functions of sums over these segments.</summary>
    public MachineTiles(MachineCode code, int[] offsets, int length, Panel[] panels, TileShape shape, LayerOperands layer, bool outputIsFar)
    {
        _pixels = shape.Pixels;
        MachineFunction Function(Panel panel, bool prefetches)
        {
            int lanes = panel.Channels - ((panel.Vectors - 1) * ProductTile.Width);
            var tile = new ProductTile(Arithmetic.BFloat16, shape.Pixels, panel.Vectors, lanes, new TileSegments(offsets), length)
            {
                HasResidual = layer.Residual is not null,
                HasSlope = panel.Slope != 0,
                HasLow = float.IsFinite(layer.Clamp.Low),
                HasHigh = float.IsFinite(layer.Clamp.High),
                OutputIsFar = outputIsFar,
                Prefetches = prefetches,
            };
            return code.Function(tile, assembler => ProductTileWriter.Write(assembler, tile, OperatingSystem.IsWindows()));
        }

        _plain = [.. panels.Select(panel => Function(panel, prefetches: false))];
        _prefetching = [.. panels.Select(panel => Function(panel, prefetches: true))];
    }

    private static int[] Offsets(Product product)
    {
        var offsets = new int[product.SegmentCount];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = ((int*)product.Segments)[i] - *(int*)product.Segments;
        }

        return offsets;
    }

    /// <summary>
    /// Computes the tiles of a call by one panel, and prefetches the weights at <paramref name="next"/> if that is not 0: the first tiles share
    /// the work, each one line of every step's vectors.
    /// </summary>
    public void Run(int panel, int vectors, TileCall* call, nint next)
    {
        call->Input += *call->Segments;
        int tiles = call->Tiles;
        if (next != 0)
        {
            call->Tiles = Math.Min(vectors, tiles);
            call->Ahead = next - (nint)call->Weights;
            _prefetching[panel].Run(call);
            int pixels = call->Tiles * _pixels;
            call->Tiles = tiles - call->Tiles;
            call->InputRows += pixels;
            call->OutputRows += pixels;
            call->ResidualRows += pixels;
        }

        if (call->Tiles > 0)
        {
            _plain[panel].Run(call);
        }

        call->Input -= *call->Segments;
        GC.KeepAlive(this);
    }
}
