using HandMeshEngine.Compute.Backends.Cpu.Machine;
using HandMeshEngine.Compute.Backends.Cpu.RowBands;
using HandMeshEngine.Compute.Backends.Cpu.Threads;

namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>
/// Convolutions and linear layers as implicit matrix products: register tiles read the input where it lies. Tasks are ranges of output
/// pixels and channels, never parts of a sum, so that the number of threads does not change the result.
/// </summary>
internal sealed unsafe class ProductStep<TSimd, TVector> : Step, IRowBandStep
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    // Half of a common second-level cache.
    private const long FarBytes = 512 * 1024;

    private readonly string _name;
    private readonly Product[] _products;
    private readonly TileShape _shape;
    private readonly LayerOperands _layer;
    private readonly View _input;
    private readonly View _output;
    private readonly View? _residual;
    private readonly ProductCut[] _cuts;
    private readonly TileSet<TSimd, TVector> _tiles;
    private readonly MachineTiles[]? _machineTiles;
    private readonly bool _outputIsFar;
    private readonly int _threads;
    private readonly ProductBands? _bands;
    private readonly nint[] _weightsAfter;

    public ProductStep(
        string name,
        Product[] products,
        ProductBands? bands,
        TileShape shape,
        LayerOperands layer,
        int threads,
        MachineCode? code)
    {
        _bands = bands;
        _threads = threads;
        _name = name;
        _products = products;
        _shape = shape;
        _layer = layer;
        (_input, _output, _residual, _) = layer;
        _cuts = ProductCut.Of(products, shape, shape.Vectors * TSimd.Width, threads);
        _weightsAfter = new nint[_cuts.Length];
        _tiles = new TileSet<TSimd, TVector>(shape);
        _outputIsFar = threads > 1 || (long)_output.Count * sizeof(float) > FarBytes;
        if (code is not null)
        {
            _machineTiles = [.. products.Select(product => new MachineTiles(code, product, shape, layer, _outputIsFar))];
        }
    }

    public View Input => _input;

    public View Output => _output;

    public View? Residual => _residual;

    public RowWindow? Window => _bands?.Window;

    public override int Tasks => _cuts.Length;

    public override string Describe() =>
        $"{_name} {(_machineTiles is null ? string.Empty : "bf16 ")}tile {_shape} chunk {_cuts[0].ChunkTiles} {_layer}";

    /// <summary>Names the next product of the plan, so that each thread prefetches the weights with which it begins there.</summary>
    public void FollowedBy(ProductStep<TSimd, TVector>? next)
    {
        for (int thread = 0; thread < _threads; thread++)
        {
            (int first, int last) = TaskRange.Of(AllTasks, _threads, thread);
            for (int task = Math.Max(first - Clears.Count, 0); task < last - Clears.Count; task++)
            {
                _weightsAfter[task] = task + 1 < last - Clears.Count ? WeightsOf(task + 1) : next?.WeightsOf(next.FirstTask(thread)) ?? 0;
            }
        }
    }

    private int FirstTask(int thread) => Math.Clamp(TaskRange.Of(AllTasks, _threads, thread).First - Clears.Count, 0, _cuts.Length - 1);

    private nint WeightsOf(int task) => _products[_cuts[task].Product].Panels[_cuts[task].FirstPanel].Weights;

    protected override void Compute(int task, float* scratch)
    {
        ref readonly ProductCut cut = ref _cuts[task];
        Run(_products[cut.Product], _machineTiles?[cut.Product], cut, _weightsAfter[task], _input.Data, _output.Data, _residual is null ? null : _residual.Data, _outputIsFar);
    }

    public void Prepare(int rows) => _bands!.Prepare(rows);

    public void RunRows(int first, int rows, float* input, float* output)
    {
        Product product = _bands!.Of(rows);
        int tiles = (product.Pixels + _shape.Pixels - 1) / _shape.Pixels;
        var cut = new ProductCut(0, 0, product.Panels.Length, 0, tiles, Math.Min(_cuts[0].ChunkTiles, tiles), Prefetches: false);
        Run(
            product,
            _machineTiles?[0],
            cut,
            0,
            input + ((long)first * _bands.Window.Stride * _input.RowStride),
            output + ((long)first * _output.RowStride),
            _residual is null ? null : _residual.Data + ((long)first * _residual.RowStride),
            _outputIsFar && output == _output.Data);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(Product product, MachineTiles? machine, in ProductCut cut, nint weightsAfter, float* input, float* output, float* residual, bool outputIsFar)
    {
        TileCall call = default;
        call.Input = input;
        call.Segments = (int*)product.Segments;
        call.SegmentCount = product.SegmentCount;
        call.SegmentLength = product.SegmentLength;
        (call.Low, call.High) = _layer.Clamp;
        call.OutputIsFar = outputIsFar;
        for (int first = cut.FirstTile; first < cut.LastTile; first += cut.ChunkTiles)
        {
            int tiles = Math.Min(cut.ChunkTiles, cut.LastTile - first);
            for (int panel = cut.FirstPanel; panel < cut.LastPanel; panel++)
            {
                SetPanel(&call, product.Panels[panel], output, residual);

                // The first chunk prefetches the next panel, the last one the weights that follow this task.
                nint next = !cut.Prefetches ? 0
                    : panel + 1 < cut.LastPanel ? first == cut.FirstTile ? product.Panels[panel + 1].Weights : 0
                    : first + tiles == cut.LastTile ? weightsAfter : 0;
                Run(&call, product, machine, panel, first, tiles, next);
            }
        }
    }

    private static void SetPanel(TileCall* call, in Panel panel, float* output, float* residual)
    {
        call->Weights = (float*)panel.Weights;
        call->Bias = (float*)panel.Bias;
        call->Slope = (float*)panel.Slope;
        call->Residual = residual == null ? null : residual + panel.Channel;
        call->Output = output + panel.Channel;
        call->LastLanes = panel.Channels - ((panel.Vectors - 1) * TSimd.Width);
    }

    private void Run(TileCall* call, Product product, MachineTiles? machine, int index, int first, int tiles, nint next)
    {
        Panel panel = product.Panels[index];
        int pixel = first * _shape.Pixels;
        call->Tiles = tiles;
        call->InputRows = (int*)product.InputRows + pixel;
        call->OutputRows = (int*)product.OutputRows + pixel;
        call->ResidualRows = (int*)product.ResidualRows + pixel;
        if (machine is null)
        {
            _tiles.Run(panel.Vectors, call, next);
        }
        else
        {
            machine.Run(index, panel.Vectors, call, next);
        }

        if (_layer.IsCurved)
        {
            int last = Math.Min(product.Pixels, pixel + (tiles * _shape.Pixels));
            for (int i = pixel; i < last; i++)
            {
                ActivationKernels.Apply<TSimd, TVector>(
                    _layer.Activation.Kind, call->Output + ((int*)product.OutputRows)[i], panel.Channels);
            }
        }
    }
}
