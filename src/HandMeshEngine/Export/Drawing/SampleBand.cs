using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// A few pixel rows of a picture at 4x4 samples a pixel: which triangle is nearest at every sample. Small enough to stay
/// in the processor's cache while it is filled and read.
/// </summary>
internal sealed class SampleBand
{
    /// <summary>Samples along a pixel's side.</summary>
    public const int PerPixel = 4;

    public const int PixelRows = 8;

    public const int Rows = PixelRows * PerPixel;

    /// <summary>No triangle covers the sample.</summary>
    public const int Nothing = -1;

    private float[] _nearness = [];
    private int[] _triangle = [];
    private int _stride;

    /// <summary>First sample row of the band in the picture.</summary>
    public int Top { get; private set; }

    /// <summary>First sample column of the band in the picture.</summary>
    public int Left { get; private set; }

    /// <summary>First sample column beyond the band.</summary>
    public int Right { get; private set; }

    /// <summary>Moves the band and makes it empty.</summary>
    /// <param name="top">First sample row.</param>
    /// <param name="left">First sample column.</param>
    /// <param name="right">First sample column beyond.</param>
    public void Clear(int top, int left, int right)
    {
        (Top, Left, Right) = (top, left, right);
        _stride = right - left + Vector256<float>.Count; // room for the last vector of a row
        int size = _stride * Rows;
        if (_nearness.Length < size)
        {
            _nearness = new float[size];
            _triangle = new int[size];
        }

        _nearness.AsSpan(0, size).Fill(float.NegativeInfinity);
        _triangle.AsSpan(0, size).Fill(Nothing);
    }

    /// <summary>The triangles at the 16 samples of a pixel, row by row.</summary>
    /// <param name="column">First sample column of the pixel.</param>
    /// <param name="row">First sample row of the pixel, in the picture.</param>
    /// <param name="ids">[16], written.</param>
    /// <returns>Whether all samples are covered, and the difference between their nearest and farthest point.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (bool IsFull, float Range) Read(int column, int row, Span<int> ids)
    {
        Vector128<float> low = Vector128.Create(float.PositiveInfinity), high = -low;
        int at = ((row - Top) * _stride) + column - Left;
        for (int i = 0; i < PerPixel; i++, at += _stride)
        {
            Vector128<float> row4 = Vector128.Create<float>(_nearness.AsSpan(at, PerPixel));
            (low, high) = (Vector128.Min(low, row4), Vector128.Max(high, row4));
            _triangle.AsSpan(at, PerPixel).CopyTo(ids[(i * PerPixel)..]);
        }

        float least = MathF.Min(MathF.Min(low[0], low[1]), MathF.Min(low[2], low[3]));
        float most = MathF.Max(MathF.Max(high[0], high[1]), MathF.Max(high[2], high[3]));
        return (least > float.NegativeInfinity, most - least);
    }

    /// <summary>Draws the part of a triangle that lies in the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one picture per process is usual: no time to warm up
    public void Draw(in TriangleSetup triangle, int id)
    {
        int last = Math.Min(triangle.Bottom, Top + Rows - 1);
        for (int row = Math.Max(triangle.Top, Top); row <= last; row++)
        {
            (int from, int to) = triangle.Span(row);
            (from, to) = (Math.Max(from, Left), Math.Min(to, Right - 1));
            if (from <= to)
            {
                int start = ((row - Top) * _stride) + from - Left;
                Fill(start, to - from + 1, triangle.Nearness(from, row), triangle.NearnessStep, id);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fill(int start, int count, float nearness, float step, int id)
    {
        ref float depths = ref MemoryMarshal.GetArrayDataReference(_nearness);
        ref int triangles = ref MemoryMarshal.GetArrayDataReference(_triangle);
        Vector256<float> lanes = Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
        Vector256<int> ids = Vector256.Create(id);
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            nuint at = (nuint)(start + i);
            Vector256<float> mine = Vector256.Create(nearness + (step * i)) + (lanes * step);
            Vector256<float> there = Vector256.LoadUnsafe(ref depths, at);
            Vector256<float> wins = Vector256.GreaterThan(mine, there) & Vector256.LessThan(lanes, Vector256.Create((float)(count - i)));
            Vector256.ConditionalSelect(wins, mine, there).StoreUnsafe(ref depths, at);
            Vector256.ConditionalSelect(wins.AsInt32(), ids, Vector256.LoadUnsafe(ref triangles, at)).StoreUnsafe(ref triangles, at);
        }
    }
}
