using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.RowBands;

namespace HandMeshEngine.Compute.Backends.Cpu.Depthwise;

/// <summary>Depth-wise convolutions, one vector of channels after the other through all rows, so that each cache line is fetched once.</summary>
internal sealed unsafe class DepthwiseStep<TSimd, TVector> : Step, IRowBandStep
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskWork = 64 * 1024;

    // Rows for each thread: with fewer, too many would be read twice.
    private const int FewestRows = 6;

    private readonly string _name;
    private readonly int _stride;
    private readonly int _taps;
    private readonly int* _offsets;
    private readonly DepthwiseWindow _window;
    private readonly DepthwiseOperands _operands;
    private readonly LayerOperands _layer;
    private readonly View _input;
    private readonly View _output;
    private readonly View? _residual;
    private readonly delegate*<WindowCall*, void> _kernel;
    private readonly int _block;
    private readonly int _rowCuts;
    private readonly int _vectorCuts;
    private readonly int _vectors;

    public DepthwiseStep(
        string name,
        RowWindow rows,
        DepthwiseWindow window,
        int[] offsets,
        int* packedOffsets,
        DepthwiseOperands operands,
        LayerOperands layer,
        int threads)
    {
        int stride = rows.Stride;
        _name = name;
        _stride = stride;
        _layer = layer;
        (_input, _output, _residual, _) = layer;
        Window = _output.Images == 1 ? rows : null;
        _taps = offsets.Length;
        _offsets = packedOffsets;
        _operands = operands;
        _vectors = (_output.Channels + TSimd.Width - 1) / TSimd.Width;
        _window = window;
        _block = Block(window.Size, stride, _output.Width);
        _kernel = WindowTiles<TSimd, TVector>.Find(window.Size, stride, _block);
        int cuts = TaskSplit.Count(_vectors * _output.Rows, (long)_output.Width * TSimd.Width * _taps, TaskWork, threads);

        // Rows next to a cut are read by both sides, so cut the rows only once for each thread, and the channels for more tasks.
        _rowCuts = Math.Clamp(Math.Min(_output.Rows / FewestRows, threads), 1, cuts);
        _vectorCuts = Math.Min((cuts + _rowCuts - 1) / _rowCuts, _vectors);
    }

    public View Input => _input;

    public View Output => _output;

    public View? Residual => _residual;

    public RowWindow? Window { get; }

    public override int Tasks => _vectorCuts * _rowCuts;

    public override string Describe() => $"{_name} block {_block} {_layer}";

    protected override void Compute(int task, float* scratch)
    {
        (int rowTask, int vectorTask) = Math.DivRem(task, _vectorCuts);
        Run(TaskSplit.Range(_vectors, _vectorCuts, vectorTask), TaskSplit.Range(_output.Rows, _rowCuts, rowTask), _input.Data, _output.Data);
    }

    // The kernels need no tables.
    public void Prepare(int rows)
    {
    }

    public void RunRows(int first, int rows, float* input, float* output) => Run((0, _vectors), (first, first + rows), input, output);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run((int First, int Last) vectors, (int First, int Last) rows, float* input, float* output)
    {
        (int firstVector, int lastVector) = vectors;
        (int firstRow, int lastRow) = rows;
        WindowCall call = default;
        call.InputStep = _input.PixelStride;
        call.Stride = _stride;
        call.Left = _window.Left;
        call.Height = _input.Height;
        call.Width = _input.Width;
        call.Zeros = (float*)_operands.Zeros;
        call.KernelRowStep = _input.RowStride;
        call.InputRowStep = (nint)_stride * _input.RowStride;
        call.Offsets = _offsets;
        call.Taps = _taps;
        (call.Low, call.High) = _layer.Clamp;
        call.ResidualStep = _residual?.PixelStride ?? 0;
        call.ResidualRowStep = _residual?.RowStride ?? 0;
        call.OutputStep = _output.PixelStride;
        call.OutputRowStep = _output.RowStride;
        call.Columns = _output.Width;
        for (int vector = firstVector; vector < lastVector; vector++)
        {
            Rows(&call, vector, firstRow, lastRow, input, output);
        }
    }

    private void Rows(WindowCall* call, int vector, int firstRow, int lastRow, float* input, float* output)
    {
        int channel = vector * TSimd.Width;
        call->Channels = Math.Min(TSimd.Width, _output.Channels - channel);
        call->Weights = (float*)_operands.Weights + (channel * _taps);
        call->Bias = (float*)_operands.Bias + channel;
        call->Slope = _operands.Slope == 0 ? null : (float*)_operands.Slope + channel;

        // Prefetch the weights of the next vector; otherwise each would be waited for.
        for (int tap = _taps; tap < 2 * _taps; tap++)
        {
            TSimd.Prefetch(call->Weights + (tap * TSimd.Width));
        }

        for (int row = firstRow; row < lastRow; row += call->Rows)
        {
            (int n, int y) = Math.DivRem(row, _output.Height);
            call->Rows = Math.Min(lastRow - row, _output.Height - y);
            call->Top = (y * _stride) - _window.Top;
            call->Input = input + ((long)n * _input.ImageStride) + ((long)call->Top * _input.RowStride) + channel;
            call->Output = output + ((long)n * _output.ImageStride) + ((long)y * _output.RowStride) + channel;
            call->Residual = _residual is null
                ? null
                : _residual.Data + ((long)n * _residual.ImageStride) + ((long)y * _residual.RowStride) + channel;
            _kernel(call);
            if (_layer.IsCurved)
            {
                Curve(*call);
            }
        }
    }

    private void Curve(in WindowCall call)
    {
        for (int y = 0; y < call.Rows; y++)
        {
            for (int x = 0; x < call.Columns; x++)
            {
                ActivationKernels.Apply<TSimd, TVector>(
                    _layer.Activation.Kind, call.Output + (y * call.OutputRowStep) + (x * call.OutputStep), call.Channels);
            }
        }
    }

    /// <summary>The block that takes the fewest instructions for a row; the larger of two equal ones.</summary>
    private static int Block(int window, int stride, int width)
    {
        int best = 1;
        double least = double.MaxValue;
        foreach (int block in WindowTiles<TSimd, TVector>.Blocks(window, stride))
        {
            // Inputs and sums must fit the registers; 1.5 is the cost of a block besides its sums.
            bool fits = window == 0 || ((block - 1) * stride) + window + block + 1 <= TSimd.Registers;
            double cost = (width + block - 1) / block * (block + 1.5);
            if (block <= width && (fits || block == 1) && cost <= least)
            {
                (best, least) = (block, cost);
            }
        }

        return best;
    }
}
