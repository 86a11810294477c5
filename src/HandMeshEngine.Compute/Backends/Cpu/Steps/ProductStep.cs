using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// Convolutions and linear layers as implicit matrix products: register tiles read the input where it lies. The work is cut in
/// output pixels and output channels only, never along a sum, so the cut does not change a bit of the result.
/// </summary>
internal sealed unsafe class ProductStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    // Panels together no larger than this stay in the second-level cache while the pixels pass.
    private const long CachedBytes = 384 * 1024;

    private readonly string _name;
    private readonly Product[] _products;
    private readonly TileShape _shape;
    private readonly Area _input;
    private readonly Area _output;
    private readonly Area? _residual;
    private readonly Activation _activation;
    private readonly (float Low, float High) _clamp;
    private readonly bool _after;
    private readonly Work[] _work;
    private readonly delegate*<TileCall*, void>[] _tiles;

    public ProductStep(
        string name, Product[] products, TileShape shape, Area input, Area output, Area? residual, Activation activation, int threads)
    {
        _name = name;
        _products = products;
        _shape = shape;
        _input = input;
        _output = output;
        _residual = residual;
        _activation = activation;
        _clamp = ActivationKernels.Clamp(activation);
        _after = ActivationKernels.IsCurved(activation);
        _work = Cut(products, shape, threads);
        _tiles = new delegate*<TileCall*, void>[shape.Vectors + 1];
        for (int vectors = 1; vectors <= shape.Vectors; vectors++)
        {
            _tiles[vectors] = RegisterTiles<TSimd, TVector>.Find(shape.Pixels, vectors);
        }
    }

    public override int Tiles => _work.Length;

    // One tile of outputs and one of residuals, for panels that end inside a vector.
    public override int ScratchFloats => 2 * _shape.Pixels * _shape.Vectors * TSimd.Width;

    public override string Describe() =>
        $"{_name} tile {_shape} {_input} -> {_output}" + (_residual is null ? string.Empty : $" + {_residual}");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        Work work = _work[tile];
        Product product = _products[work.Product];
        if (work.PixelsOuter)
        {
            for (int first = work.FirstTile; first < work.LastTile; first++)
            {
                for (int panel = work.FirstPanel; panel < work.LastPanel; panel++)
                {
                    RunOne(product, in product.Panels[panel], first * _shape.Pixels, scratch);
                }
            }
        }
        else
        {
            for (int panel = work.FirstPanel; panel < work.LastPanel; panel++)
            {
                for (int first = work.FirstTile; first < work.LastTile; first++)
                {
                    RunOne(product, in product.Panels[panel], first * _shape.Pixels, scratch);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunOne(Product product, in Panel panel, int pixel, float* scratch)
    {
        TileCall call;
        call.Input = _input.Data;
        call.InputRows = (int*)product.InputRows + pixel;
        call.Segments = (int*)product.Segments;
        call.SegmentCount = product.SegmentCount;
        call.SegmentLength = product.SegmentLength;
        call.Weights = (float*)panel.Weights;
        call.Bias = (float*)panel.Bias;
        call.Slope = (float*)panel.Slope;
        call.Low = _clamp.Low;
        call.High = _clamp.High;
        call.Residual = _residual is null ? null : _residual.Data + panel.Channel;
        call.ResidualRows = (int*)product.ResidualRows + pixel;
        call.Output = _output.Data + panel.Channel;
        call.OutputRows = (int*)product.OutputRows + pixel;
        int count = Math.Min(_shape.Pixels, product.Pixels - pixel);
        if (panel.Channels == panel.Vectors * TSimd.Width)
        {
            _tiles[panel.Vectors](&call);
        }
        else
        {
            RunPartial(&call, panel, count, scratch);
        }

        if (_after)
        {
            for (int i = 0; i < count; i++)
            {
                ActivationKernels.Apply<TSimd, TVector>(_activation.Kind, call.Output + call.OutputRows[i], panel.Channels);
            }
        }
    }

    /// <summary>A tile whose last vector is not full goes through scratch memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPartial(TileCall* call, in Panel panel, int count, float* scratch)
    {
        int width = panel.Vectors * TSimd.Width;
        int* rows = stackalloc int[_shape.Pixels];
        for (int i = 0; i < _shape.Pixels; i++)
        {
            rows[i] = i * width;
        }

        TileCall local = *call;
        local.Output = scratch;
        local.OutputRows = rows;
        if (call->Residual != null)
        {
            float* residual = scratch + (_shape.Pixels * width);
            for (int i = 0; i < count; i++)
            {
                RunCopy.Copy<TSimd, TVector>(call->Residual + call->ResidualRows[i], residual + rows[i], panel.Channels);
            }

            local.Residual = residual;
            local.ResidualRows = rows;
        }

        _tiles[panel.Vectors](&local);
        for (int i = 0; i < count; i++)
        {
            RunCopy.Copy<TSimd, TVector>(scratch + rows[i], call->Output + call->OutputRows[i], panel.Channels);
        }
    }

    private static Work[] Cut(Product[] products, TileShape shape, int threads)
    {
        var work = new List<Work>();
        int wanted = threads == 1 ? 1 : Math.Max(1, threads * 4 / products.Length);
        for (int p = 0; p < products.Length; p++)
        {
            Product product = products[p];
            int tiles = (product.Pixels + shape.Pixels - 1) / shape.Pixels;
            int panels = product.Panels.Length;
            long panelBytes = (long)product.Depth * shape.Vectors * TSimd.Width * sizeof(float);

            // Heavy panels are read by one thread each; light ones are shared and the pixels are cut.
            int panelCuts = panelBytes * panels > CachedBytes ? Math.Min(wanted, panels) : 1;
            int tileCuts = Math.Min(tiles, (wanted + panelCuts - 1) / panelCuts);
            for (int j = 0; j < panelCuts; j++)
            {
                int firstPanel = panels * j / panelCuts, lastPanel = panels * (j + 1) / panelCuts;
                bool pixelsOuter = panelBytes * (lastPanel - firstPanel) <= CachedBytes;
                for (int i = 0; i < tileCuts; i++)
                {
                    work.Add(new Work(
                        p, firstPanel, lastPanel, (int)((long)tiles * i / tileCuts), (int)((long)tiles * (i + 1) / tileCuts), pixelsOuter));
                }
            }
        }

        return [.. work];
    }

    private readonly record struct Work(
        int Product, int FirstPanel, int LastPanel, int FirstTile, int LastTile, bool PixelsOuter);
}
