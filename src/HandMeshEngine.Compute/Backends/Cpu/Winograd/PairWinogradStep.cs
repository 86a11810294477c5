using HandMeshEngine.Compute.Backends.Cpu.Machine;
using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>
/// A convolution by Winograd's F(2x2, 3x3) for some blocks at a time: V, the transformed inputs in bf16, and M, the products, lie in the scratch
/// memory of the thread, each [matrix][block][channels] with channels padded to whole vectors.
/// </summary>
internal sealed unsafe class PairWinogradStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int Side = PairWinogradFilter.Block;

    private readonly string _name;
    private readonly LayerOperands _layer;
    private readonly Padding _padding;
    private readonly WinogradWeights _weights;
    private readonly int _groupBlocks;
    private readonly int _blocks;
    private readonly int _blockColumns;
    private readonly int _blockRows;
    private readonly int _outputVectors;
    private readonly int _inputStride;
    private readonly int _outputStride;
    private readonly MachineFunction _transform;
    private readonly MachineTiles _tiles;
    private readonly MatrixRows _rows;
    private readonly MatrixRows _lastRows;

    public PairWinogradStep(
        string name, ConstantStore constants, LayerOperands layer, Padding padding, WinogradWeights weights, int groupBlocks, int blocks)
    {
        _name = name;
        _layer = layer;
        _padding = padding;
        _weights = weights;
        _groupBlocks = groupBlocks;
        _blocks = blocks;
        View input = layer.Input, output = layer.Output;
        _blockColumns = PairWinogradFilter.Blocks(output.Width);
        _blockRows = PairWinogradFilter.Blocks(output.Height);
        _outputVectors = (output.Channels + TSimd.Width - 1) / TSimd.Width;
        _inputStride = (input.Channels + TSimd.Width - 1) / TSimd.Width * TSimd.Width / 2;
        _outputStride = _outputVectors * TSimd.Width;
        var transform = new PatchTransform(
            input.Channels, input.RowStride * sizeof(float), input.PixelStride * sizeof(float), groupBlocks * _inputStride * sizeof(float));
        _transform = constants.Code!.Function(transform, assembler => transform.Write(assembler, OperatingSystem.IsWindows()));
        int length = (input.Channels + 1) / 2;
        var products = new LayerOperands(input, output, null, Activation.None);
        _tiles = new MachineTiles(constants.Code, [0], length, weights.Panels[0], weights.Shape, products, outputIsFar: false);
        _rows = MatrixRows.Of(constants, groupBlocks, _inputStride, _outputStride, weights.Shape);
        _lastRows = MatrixRows.Of(constants, ((blocks - 1) % groupBlocks) + 1, _inputStride, _outputStride, weights.Shape);
    }

    public override int Tasks => (_blocks + _groupBlocks - 1) / _groupBlocks;

    public override int ScratchFloats => PairWinogradFilter.Matrices * _groupBlocks * (_inputStride + _outputStride);

    public override string Describe() => $"{_name} winograd 2x2 bf16 groups of {_groupBlocks} tile {_weights.Shape} {_layer}";

    protected override void Compute(int task, float* scratch)
    {
        int first = task * _groupBlocks, last = Math.Min(first + _groupBlocks, _blocks);
        float* m = scratch + ((long)PairWinogradFilter.Matrices * _groupBlocks * _inputStride);
        TransformInput(first, last, scratch);
        Multiply(scratch, m, last - first == _groupBlocks ? _rows : _lastRows);
        TransformOutput(first, last, m);
    }

    private void TransformInput(int first, int last, float* v)
    {
        PatchTransform.Call call;
        for (int block = first; block < last; block++, v += _inputStride)
        {
            (int n, int y, int x) = Place(block);
            call.Patch = Pixel(_layer.Input, n, (Side * y) - _padding.Top, (Side * x) - _padding.Left);
            call.To = v;
            _transform.Run(&call);
        }
    }

    private void Multiply(float* v, float* m, MatrixRows rows)
    {
        TileCall call = rows.Call(0);
        int segment = 0;
        call.Segments = &segment;
        call.Bias = (float*)_weights.Zeros;
        for (int matrix = 0; matrix < PairWinogradFilter.Matrices; matrix++)
        {
            Panel[] panels = _weights.Panels[matrix], following = _weights.Panels[(matrix + 1) % PairWinogradFilter.Matrices];
            call.Input = v + ((long)matrix * _groupBlocks * _inputStride);
            for (int i = 0; i < panels.Length; i++)
            {
                call.Tiles = rows.Tiles;
                call.InputRows = (int*)rows.Input;
                call.OutputRows = (int*)rows.Output;
                call.Weights = (float*)panels[i].Weights;
                call.Output = m + ((long)matrix * _groupBlocks * _outputStride) + panels[i].Channel;
                _tiles.Run(i, panels[i].Vectors, &call, i + 1 < panels.Length ? panels[i + 1].Weights : following[0].Weights);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformOutput(int first, int last, float* m)
    {
        View output = _layer.Output;
        View? residual = _layer.Residual;
        nint step = (nint)_groupBlocks * _outputStride;
        WinogradStore store = default;
        (store.Low, store.High) = _layer.Clamp;
        store.OutputStep = output.PixelStride;
        store.OutputRowStep = output.RowStride;
        store.ResidualStep = residual?.PixelStride ?? 0;
        store.ResidualRowStep = residual?.RowStride ?? 0;
        for (int block = first; block < last; block++, m += _outputStride)
        {
            (int n, int y, int x) = Place(block);
            store.Rows = Math.Min(Side, output.Height - (Side * y));
            store.Columns = Math.Min(Side, output.Width - (Side * x));
            float* to = Pixel(output, n, Side * y, Side * x);
            float* added = residual is null ? null : Pixel(residual, n, Side * y, Side * x);
            for (int vector = 0; vector < _outputVectors; vector++)
            {
                int channel = vector * TSimd.Width;
                store.Bias = (float*)_weights.Bias + channel;
                store.Slope = _weights.Slope == 0 ? null : (float*)_weights.Slope + channel;
                store.Output = to + channel;
                store.Residual = added == null ? null : added + channel;
                store.Lanes = Math.Min(TSimd.Width, output.Channels - channel);
                WinogradKernels<TSimd, TVector>.SmallOutput(m + channel, step, in store);
                for (int i = 0; _layer.IsCurved && i < store.Rows * Side; i++)
                {
                    if (i % Side < store.Columns)
                    {
                        ActivationKernels.Apply<TSimd, TVector>(
                            _layer.Activation.Kind, store.Output + (i / Side * store.OutputRowStep) + (i % Side * store.OutputStep), store.Lanes);
                    }
                }
            }
        }
    }

    private (int Image, int Row, int Column) Place(int block)
    {
        (int line, int x) = Math.DivRem(block, _blockColumns);
        (int n, int y) = Math.DivRem(line, _blockRows);
        return (n, y, x);
    }

    private static float* Pixel(View view, int n, int y, int x) =>
        view.Data + ((long)n * view.ImageStride) + ((long)y * view.RowStride) + ((long)x * view.PixelStride);
}
