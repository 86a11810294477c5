using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>
/// A convolution by Winograd's F(4x4, 3x3): the three parts that the steps put together. V holds the transformed inputs and M the
/// products, each [matrix][block][channels] with channels padded to whole vectors.
/// </summary>
internal sealed unsafe class WinogradLayer<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly LayerOperands _layer;
    private readonly View _input;
    private readonly View _output;
    private readonly View? _residual;
    private readonly Padding _padding;
    private readonly WinogradWeights _weights;
    private readonly TileSet<TSimd, TVector> _tiles;

    public WinogradLayer(LayerOperands layer, Padding padding, WinogradWeights weights)
    {
        _layer = layer;
        (_input, _output, _residual, _) = layer;
        _padding = padding;
        _weights = weights;
        _tiles = new TileSet<TSimd, TVector>(weights.Shape);
        BlockColumns = WinogradFilter.Blocks(_output.Width);
        BlockRows = WinogradFilter.Blocks(_output.Height);
        InputVectors = (_input.Channels + TSimd.Width - 1) / TSimd.Width;
        OutputVectors = (_output.Channels + TSimd.Width - 1) / TSimd.Width;
    }

    public int BlockColumns { get; }

    public int BlockRows { get; }

    public int Blocks => _output.Images * BlockRows * BlockColumns;

    public int InputVectors { get; }

    public int OutputVectors { get; }

    /// <summary>Floats of a row of V.</summary>
    public int InputStride => InputVectors * TSimd.Width;

    /// <summary>Floats of a row of M.</summary>
    public int OutputStride => OutputVectors * TSimd.Width;

    public int Panels => _weights.Panels[0].Length;

    public View Input => _input;

    public View Output => _output;

    public override string ToString() => $"tile {_weights.Shape} {_layer}";

    /// <summary>Fills some vectors of V for some blocks; <paramref name="rows"/> is the number of rows of a matrix of V.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TransformInput(int firstBlock, int lastBlock, int firstVector, int lastVector, float* v, int rows)
    {
        nint step = (nint)rows * InputStride;
        for (int block = firstBlock; block < lastBlock; block++)
        {
            (int n, int y, int x) = Place(block);
            float* patch = _input.Data + ((long)n * _input.ImageStride)
                + ((long)((WinogradKernels<TSimd, TVector>.Block * y) - _padding.Top) * _input.RowStride)
                + ((long)((WinogradKernels<TSimd, TVector>.Block * x) - _padding.Left) * _input.PixelStride);
            float* to = v + ((long)(block - firstBlock) * InputStride);
            for (int vector = firstVector; vector < lastVector; vector++)
            {
                int channel = vector * TSimd.Width;
                int lanes = Math.Min(TSimd.Width, _input.Channels - channel);
                WinogradKernels<TSimd, TVector>.Input(patch + channel, _input.RowStride, _input.PixelStride, lanes, to + channel, step);
            }
        }
    }

    /// <summary>M = V W for some matrices and panels and the rows of <paramref name="table"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(int firstMatrix, int lastMatrix, int firstPanel, int lastPanel, float* v, float* m, int rows, MatrixRows table)
    {
        TileCall call = table.Call(_input.Channels);
        int segment = 0;
        call.Segments = &segment;
        call.Bias = (float*)_weights.Zeros;
        call.LastLanes = TSimd.Width;
        for (int matrix = firstMatrix; matrix < lastMatrix; matrix++)
        {
            Panel[] panels = _weights.Panels[matrix];
            call.Input = v + ((long)matrix * rows * InputStride);
            for (int i = firstPanel; i < lastPanel; i++)
            {
                Panel panel = panels[i];
                nint next = i + 1 < lastPanel ? panels[i + 1].Weights : _weights.Panels[(matrix + 1) % WinogradFilter.Matrices][firstPanel].Weights;
                call.Weights = (float*)panel.Weights;
                call.Output = m + ((long)matrix * rows * OutputStride) + panel.Channel;
                _tiles.Run(panel.Vectors, &call, next);
            }
        }
    }

    /// <summary>Outputs of some blocks and some vectors of channels from M.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TransformOutput(int firstBlock, int lastBlock, int firstVector, int lastVector, float* m, int rows)
    {
        const int side = WinogradKernels<TSimd, TVector>.Block;
        nint step = (nint)rows * OutputStride;
        WinogradStore store = default;
        (store.Low, store.High) = _layer.Clamp;
        store.OutputStep = _output.PixelStride;
        store.OutputRowStep = _output.RowStride;
        store.ResidualStep = _residual?.PixelStride ?? 0;
        store.ResidualRowStep = _residual?.RowStride ?? 0;
        for (int block = firstBlock; block < lastBlock; block++)
        {
            (int n, int y, int x) = Place(block);
            store.Rows = Math.Min(side, _output.Height - (side * y));
            store.Columns = Math.Min(side, _output.Width - (side * x));
            float* to = Pixel(_output, n, side * y, side * x);
            float* residual = _residual is null ? null : Pixel(_residual, n, side * y, side * x);
            float* from = m + ((long)(block - firstBlock) * OutputStride);
            for (int vector = firstVector; vector < lastVector; vector++)
            {
                int channel = vector * TSimd.Width;
                store.Bias = (float*)_weights.Bias + channel;
                store.Slope = _weights.Slope == 0 ? null : (float*)_weights.Slope + channel;
                store.Output = to + channel;
                store.Residual = residual == null ? null : residual + channel;
                store.Lanes = Math.Min(TSimd.Width, _output.Channels - channel);
                WinogradKernels<TSimd, TVector>.Output(from + channel, step, in store);
                if (_layer.IsCurved)
                {
                    Curve(in store);
                }
            }
        }
    }

    private void Curve(in WinogradStore store)
    {
        for (int y = 0; y < store.Rows; y++)
        {
            for (int x = 0; x < store.Columns; x++)
            {
                ActivationKernels.Apply<TSimd, TVector>(
                    _layer.Activation.Kind, store.Output + (y * store.OutputRowStep) + (x * store.OutputStep), store.Lanes);
            }
        }
    }

    private (int Image, int Row, int Column) Place(int block)
    {
        (int line, int x) = Math.DivRem(block, BlockColumns);
        (int n, int y) = Math.DivRem(line, BlockRows);
        return (n, y, x);
    }

    private static float* Pixel(View view, int n, int y, int x) =>
        view.Data + ((long)n * view.ImageStride) + ((long)y * view.RowStride) + ((long)x * view.PixelStride);
}
