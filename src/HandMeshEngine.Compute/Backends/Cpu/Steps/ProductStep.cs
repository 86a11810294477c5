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
    // Half of a usual second-level cache.
    private const long FarBytes = 512 * 1024;

    private readonly string _name;
    private readonly Product[] _products;
    private readonly TileShape _shape;
    private readonly Area _input;
    private readonly Area _output;
    private readonly Area? _residual;
    private readonly Activation _activation;
    private readonly (float Low, float High) _clamp;
    private readonly bool _after;
    private readonly ProductCut[] _cuts;
    private readonly TileSet<TSimd, TVector> _tiles;
    private readonly bool _outputIsFar;
    private nint _weightsAfter;

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
        _cuts = ProductCut.Of(products, shape, shape.Vectors * TSimd.Width, threads);
        _tiles = new TileSet<TSimd, TVector>(shape);
        _outputIsFar = (long)output.Count * sizeof(float) > FarBytes;
    }

    /// <summary>Where the weights begin.</summary>
    public nint FirstWeights => _products[0].Panels[0].Weights;

    public override int Tiles => _cuts.Length;

    public override string Describe() =>
        $"{_name} tile {_shape} chunk {_cuts[0].ChunkTiles} {_input} -> {_output}" + (_residual is null ? string.Empty : $" + {_residual}");

    /// <summary>Tells the step which weights the plan reads next, to ask for them at its end.</summary>
    public void FollowedBy(nint weights) => _weightsAfter = weights;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        ref readonly ProductCut cut = ref _cuts[tile];
        Product product = _products[cut.Product];
        TileCall call = default;
        call.Input = _input.Data;
        call.Segments = (int*)product.Segments;
        call.SegmentCount = product.SegmentCount;
        call.SegmentLength = product.SegmentLength;
        call.Low = _clamp.Low;
        call.High = _clamp.High;
        call.OutputIsFar = _outputIsFar;
        for (int first = cut.FirstTile; first < cut.LastTile; first += cut.ChunkTiles)
        {
            int tiles = Math.Min(cut.ChunkTiles, cut.LastTile - first);
            for (int panel = cut.FirstPanel; panel < cut.LastPanel; panel++)
            {
                SetPanel(&call, product.Panels[panel]);
                nint next = !cut.Prefetches ? 0 : panel + 1 < product.Panels.Length ? product.Panels[panel + 1].Weights : _weightsAfter;
                Run(&call, product, product.Panels[panel], first, tiles, next);
            }
        }
    }

    private void SetPanel(TileCall* call, in Panel panel)
    {
        call->Weights = (float*)panel.Weights;
        call->Bias = (float*)panel.Bias;
        call->Slope = (float*)panel.Slope;
        call->Residual = _residual is null ? null : _residual.Data + panel.Channel;
        call->Output = _output.Data + panel.Channel;
        call->LastLanes = panel.Channels - ((panel.Vectors - 1) * TSimd.Width);
    }

    private void Run(TileCall* call, Product product, in Panel panel, int first, int tiles, nint next)
    {
        int pixel = first * _shape.Pixels;
        call->Tiles = tiles;
        call->InputRows = (int*)product.InputRows + pixel;
        call->OutputRows = (int*)product.OutputRows + pixel;
        call->ResidualRows = (int*)product.ResidualRows + pixel;
        _tiles.Run(panel.Vectors, call, next);
        if (_after)
        {
            int last = Math.Min(product.Pixels, pixel + (tiles * _shape.Pixels));
            for (int i = pixel; i < last; i++)
            {
                ActivationKernels.Apply<TSimd, TVector>(
                    _activation.Kind, call->Output + ((int*)product.OutputRows)[i], panel.Channels);
            }
        }
    }
}
