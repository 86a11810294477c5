using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// A batched product of two values of the run. Each tile packs one panel of the right operand as weights and runs the register
/// tiles over the rows of the left.
/// </summary>
internal sealed unsafe class MatMulStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly Area _a;
    private readonly Area _b;
    private readonly Area _output;
    private readonly TileShape _shape;
    private readonly int _panels;
    private readonly TileRunner<TSimd, TVector> _runner;

    public MatMulStep(Area a, Area b, Area output)
    {
        _a = a;
        _b = b;
        _output = output;
        _shape = TileShape.Choose<TSimd, TVector>(output.Width, output.Channels, a.Channels);
        _panels = (output.Channels + PanelWidth - 1) / PanelWidth;
        _runner = new TileRunner<TSimd, TVector>(_shape);
    }

    public override int Tiles => _output.Images * _panels;

    public override int ScratchFloats => (_a.Channels * PanelWidth) + _runner.ScratchFloats;

    private int PanelWidth => _shape.Vectors * TSimd.Width;

    public override string Describe() => $"matmul tile {_shape} {_a}, {_b} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int n, int panel) = Math.DivRem(tile, _panels);
        int first = panel * PanelWidth;
        int count = Math.Min(PanelWidth, _output.Channels - first);
        int vectors = (count + TSimd.Width - 1) / TSimd.Width;
        float* b = _b.Data + (_b.Images == 1 ? 0 : (long)n * _b.ImageStride) + first;
        Pack(b, _b.PixelStride, _a.Channels, count, vectors * TSimd.Width, scratch);
        float* a = _a.Data + (_a.Images == 1 ? 0 : (long)n * _a.ImageStride);
        float* to = _output.Data + ((long)n * _output.ImageStride) + first;
        var matrix = new TileMatrix
        {
            Input = a,
            InputStride = _a.PixelStride,
            Depth = _a.Channels,
            Weights = scratch,
            Output = to,
            OutputStride = _output.PixelStride,
            Rows = _output.Width,
            Columns = count,
            Vectors = vectors,
        };
        _runner.Run(in matrix, scratch + (_a.Channels * PanelWidth));
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
