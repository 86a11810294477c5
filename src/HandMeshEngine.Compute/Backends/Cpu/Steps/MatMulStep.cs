using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// A batched product of two computed values. Each task packs one panel of the right operand as weights and multiplies the rows of the left
/// by it.
/// </summary>
internal sealed unsafe class MatMulStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly View _a;
    private readonly View _b;
    private readonly View _output;
    private readonly TileShape _shape;
    private readonly MatrixRows _rows;
    private readonly int _panels;
    private readonly TileSet<TSimd, TVector> _tiles;

    public MatMulStep(View a, View b, View output, TileShape shape, MatrixRows rows)
    {
        _a = a;
        _b = b;
        _output = output;
        _shape = shape;
        _rows = rows;
        _panels = (output.Channels + PanelWidth - 1) / PanelWidth;
        _tiles = new TileSet<TSimd, TVector>(shape);
    }

    public override int Tasks => _output.Images * _panels;

    // A packed panel and its bias of zeros.
    public override int ScratchFloats => (_a.Channels + 1) * PanelWidth;

    private int PanelWidth => _shape.Vectors * TSimd.Width;

    public override string Describe() => $"matmul tile {_shape} {_a}, {_b} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int task, float* scratch)
    {
        (int n, int panel) = Math.DivRem(task, _panels);
        int first = panel * PanelWidth;
        int count = Math.Min(PanelWidth, _output.Channels - first);
        int vectors = (count + TSimd.Width - 1) / TSimd.Width;
        float* zeros = scratch + (_a.Channels * PanelWidth);
        new Span<float>(zeros, PanelWidth).Clear();
        Pack(_b.Data + (_b.Images == 1 ? 0 : (long)n * _b.ImageStride) + first, _b.PixelStride, _a.Channels, count, vectors * TSimd.Width, scratch);
        TileCall call = _rows.Call(_a.Channels);
        int segment = 0;
        call.Segments = &segment;
        call.Input = _a.Data + (_a.Images == 1 ? 0 : (long)n * _a.ImageStride);
        call.Weights = scratch;
        call.Bias = zeros;
        call.Output = _output.Data + ((long)n * _output.ImageStride) + first;
        call.LastLanes = count - ((vectors - 1) * TSimd.Width);
        _tiles.Run(vectors, &call);
    }

    /// <summary>Rows of <paramref name="count"/> floats to rows of <paramref name="width"/>, padded with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(float* from, int stride, int rows, int count, int width, float* to)
    {
        for (int k = 0; k < rows; k++, from += stride, to += width)
        {
            for (int i = 0; i < width; i += TSimd.Width)
            {
                TSimd.Store(TSimd.LoadPartial(from + i, Math.Clamp(count - i, 0, TSimd.Width)), to + i);
            }
        }
    }
}
