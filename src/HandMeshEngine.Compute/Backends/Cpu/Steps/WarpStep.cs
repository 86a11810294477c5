using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Pixels to network input, NHWC.</summary>
internal sealed unsafe class WarpStep : Step
{
    private const int TileWork = 16 * 1024;

    private readonly WarpNormalizeOp _op;
    private readonly ImageSource _image;
    private readonly Area? _map;
    private readonly Block _matrices;
    private readonly Area _output;
    private readonly int _cuts;

    public WarpStep(WarpNormalizeOp op, ImageSource image, Area? map, Block matrices, Area output, int threads)
    {
        _op = op;
        _image = image;
        _map = map;
        _matrices = matrices;
        _output = output;
        _cuts = RowCuts.Count(output.Rows, output.Width * 12L, TileWork, threads);
    }

    public override int Tiles => _cuts;

    public override string Describe() => $"warpnormalize {_op.Describe()} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int first, int last) = RowCuts.Range(_output.Rows, _cuts, tile);
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, _output.Height);
            WarpPixels source = Source(n);
            double* matrix = (double*)_matrices.Data + (9 * n);
            float* to = _output.Data + ((long)n * _output.ImageStride) + ((long)y * _output.RowStride);
            switch (_op.Sampling)
            {
                case WarpSampling.OpenCvWarp: OpenCvWarp(source, matrix, y, to); break;
                case WarpSampling.OpenCvResize: OpenCvResize(source, matrix, y, to); break;
                default: Bilinear(source, matrix, y, to); break;
            }
        }
    }

    private WarpPixels Source(int n) => _map is { } map
        ? new WarpPixels
        {
            Floats = map.Data + (map.Images == 1 ? 0 : (long)n * map.ImageStride),
            Width = map.Width,
            Height = map.Height,
            RowStride = map.RowStride,
            PixelStride = map.PixelStride,
            Red = 0,
            Replicates = _op.Border == WarpBorder.Replicate,
        }
        : new WarpPixels
        {
            Bytes = _image.Pixels,
            Width = _image.Width,
            Height = _image.Height,
            RowStride = _image.Stride,
            PixelStride = _image.PixelBytes,
            Red = _image.RedOffset,
            Replicates = _op.Border == WarpBorder.Replicate,
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Bilinear(in WarpPixels source, double* m, int row, float* to)
    {
        for (int column = 0; column < _op.Width; column++, to += _output.PixelStride)
        {
            double w = (m[6] * column) + (m[7] * row) + m[8];
            double x = ((m[0] * column) + (m[1] * row) + m[2]) / w;
            double y = ((m[3] * column) + (m[4] * row) + m[5]) / w;
            double x0 = Math.Floor(x), y0 = Math.Floor(y);
            float fx = (float)(x - x0), fy = (float)(y - y0);
            for (int c = 0; c < 3; c++)
            {
                float upper = ((1 - fx) * source.Tap(c, x0, y0)) + (fx * source.Tap(c, x0 + 1, y0));
                float lower = ((1 - fx) * source.Tap(c, x0, y0 + 1)) + (fx * source.Tap(c, x0 + 1, y0 + 1));
                Put(to, c, ((1 - fy) * upper) + (fy * lower));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OpenCvWarp(in WarpPixels source, double* m, int row, float* to)
    {
        int rowX = (int)Math.Round(((m[1] * row) + m[2]) * 1024) + 16, rowY = (int)Math.Round(((m[4] * row) + m[5]) * 1024) + 16;
        for (int column = 0; column < _op.Width; column++, to += _output.PixelStride)
        {
            int x = (rowX + (int)Math.Round(m[0] * column * 1024)) >> 5;
            int y = (rowY + (int)Math.Round(m[3] * column * 1024)) >> 5;
            int fx = x & 31, fy = y & 31;
            x >>= 5;
            y >>= 5;
            for (int c = 0; c < 3; c++)
            {
                int sum = ((32 - fx) * (32 - fy) * 32 * (int)source.Tap(c, x, y))
                    + (fx * (32 - fy) * 32 * (int)source.Tap(c, x + 1, y))
                    + ((32 - fx) * fy * 32 * (int)source.Tap(c, x, y + 1))
                    + (fx * fy * 32 * (int)source.Tap(c, x + 1, y + 1));
                Put(to, c, (sum + 16384) >> 15);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OpenCvResize(in WarpPixels source, double* m, int row, float* to)
    {
        (int left, int width, int right) = CropAxis(m[0], m[2], _op.Width);
        (int top, int height, int down) = CropAxis(m[4], m[5], _op.Height);
        (int y0, float fy) = ResizePosition(row, height, _op.Height);
        int b0 = (int)MathF.Round((1 - fy) * 2048), b1 = (int)MathF.Round(fy * 2048);
        int upper = top + (down * Math.Clamp(y0, 0, height - 1)), lower = top + (down * Math.Clamp(y0 + 1, 0, height - 1));
        for (int column = 0; column < _op.Width; column++, to += _output.PixelStride)
        {
            (int x0, float fx) = ResizePosition(column, width, _op.Width);
            (x0, fx) = x0 < 0 ? (0, 0) : x0 >= width - 1 ? (width - 1, 0) : (x0, fx);
            int first = left + (right * x0), second = left + (right * Math.Min(x0 + 1, width - 1));
            int a0 = (int)MathF.Round((1 - fx) * 2048), a1 = (int)MathF.Round(fx * 2048);
            for (int c = 0; c < 3; c++)
            {
                int h0 = (a0 * (int)source.Tap(c, first, upper)) + (a1 * (int)source.Tap(c, second, upper));
                int h1 = (a0 * (int)source.Tap(c, first, lower)) + (a1 * (int)source.Tap(c, second, lower));
                Put(to, c, Math.Clamp((((b0 * (h0 >> 4)) >> 16) + ((b1 * (h1 >> 4)) >> 16) + 2) >> 2, 0, 255));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(float* to, int channel, float value)
    {
        int target = _op.SwapRedBlue ? 2 - channel : channel;
        (float scale, float offset) = target switch
        {
            0 => (_op.Scale.C0, _op.Offset.C0),
            1 => (_op.Scale.C1, _op.Offset.C1),
            _ => (_op.Scale.C2, _op.Offset.C2),
        };
        to[target] = (value * scale) + offset;
    }

    // First source pixel, how many, and the way to the next: a negative ratio mirrors.
    private static (int Start, int Extent, int Step) CropAxis(double ratio, double offset, int target)
    {
        int step = Math.Sign(ratio);
        return ((int)Math.Round(offset - (0.5 * ratio) + (0.5 * step)), (int)Math.Round(Math.Abs(ratio) * target), step);
    }

    private static (int Index, float Fraction) ResizePosition(int target, int from, int to)
    {
        float position = (float)(((target + 0.5) * ((double)from / to)) - 0.5);
        int index = (int)MathF.Floor(position);
        return (index, position - index);
    }
}
