using System.Runtime.Intrinsics;

namespace HandMeshEngine.Images.Jpeg;

/// <summary>
/// Brings one component's rows to the size of the image: libjpeg's triangle filter ("fancy upsampling", three quarters of
/// the nearer sample and one of the farther, with its alternating rounding), repetition where libjpeg repeats.
/// </summary>
internal sealed class Upsampler
{
    private const int Step = 16;

    /// <summary>Narrower components are repeated, not filtered.</summary>
    private const int MinFilteredWidth = 3;

    private byte[] _row = [];
    private ushort[] _sums = [];

    /// <summary>One row of the image's size.</summary>
    /// <returns>At least the image's width rounded up to 16 samples; valid until the next call.</returns>
    public ReadOnlySpan<byte> Row(JpegFrame frame, JpegComponent component, int y)
    {
        int columns = frame.MaxHorizontalFactor / component.HorizontalFactor;
        int rows = frame.MaxVerticalFactor / component.VerticalFactor;
        ReadOnlySpan<byte> near = PlaneRow(component, y / rows);
        if (columns == 1 && rows == 1)
        {
            return near;
        }

        Reserve(component.Width, columns);

        // The other row of the filter lies on the side of the nearer edge; at the border it is the row itself.
        bool isUpper = y % 2 == 0;
        int other = (y / rows) + (isUpper ? -1 : 1);
        ReadOnlySpan<byte> far = PlaneRow(component, Math.Clamp(other, 0, component.Height - 1));
        bool isWide = component.Width >= MinFilteredWidth;
        switch (columns, rows)
        {
            case (2, 1) when isWide:
                Copy(near, component.Width);
                Expand(component.Width, 1, 2, 2);
                break;
            case (2, 2) when isWide:
                Blend(near, far, component.Width);
                Expand(component.Width, 8, 7, 4);
                break;
            case (1, 2):
                BlendRow(near, far, component.Width, (ushort)(isUpper ? 1 : 2));
                break;
            default:
                Repeat(near, component.Width, columns);
                break;
        }

        return _row;
    }

    private static ReadOnlySpan<byte> PlaneRow(JpegComponent component, int row) =>
        component.Plane.Slice(row * component.Stride, component.Stride);

    private void Reserve(int width, int columns)
    {
        int padded = (width + Step - 1) / Step * Step;
        if (_row.Length < padded * columns)
        {
            _row = new byte[padded * columns];
        }

        if (_sums.Length < padded + (2 * Step))
        {
            _sums = new ushort[padded + (2 * Step)];
        }
    }

    /// <summary>Samples as they are, with one more at either end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(ReadOnlySpan<byte> row, int width)
    {
        Span<ushort> sums = _sums.AsSpan(Step);
        for (int x = 0; x < width; x += Step)
        {
            Widen(row[x..]).CopyTo(sums[x..]);
        }

        PadEnds(width);
    }

    /// <summary>Four times the samples between two rows, with one more at either end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Blend(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int width)
    {
        Span<ushort> sums = _sums.AsSpan(Step);
        for (int x = 0; x < width; x += Step)
        {
            ((Widen(near[x..]) * 3) + Widen(far[x..])).CopyTo(sums[x..]);
        }

        PadEnds(width);
    }

    /// <summary>With its neighbour repeated, the filter leaves the outermost sample as libjpeg does.</summary>
    private void PadEnds(int width)
    {
        _sums[Step - 1] = _sums[Step];
        _sums[Step + width] = _sums[Step + width - 1];
    }

    /// <summary>Makes two samples of each: three parts of it and one of its left or right neighbour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Expand(int width, ushort leftBias, ushort rightBias, int shift)
    {
        ReadOnlySpan<ushort> sums = _sums;
        Span<byte> row = _row;
        Vector256<ushort> leftRounding = Vector256.Create(leftBias);
        Vector256<ushort> rightRounding = Vector256.Create(rightBias);
        for (int x = 0; x < width; x += Step)
        {
            Vector256<ushort> three = Vector256.Create(sums[(Step + x)..]) * 3;
            Vector256<ushort> left = (three + Vector256.Create(sums[(Step + x - 1)..]) + leftRounding) >> shift;
            Vector256<ushort> right = (three + Vector256.Create(sums[(Step + x + 1)..]) + rightRounding) >> shift;
            (left | (right << 8)).AsByte().CopyTo(row[(2 * x)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BlendRow(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int width, ushort bias)
    {
        Span<byte> row = _row;
        Vector256<ushort> rounding = Vector256.Create(bias);
        for (int x = 0; x < width; x += Step)
        {
            Vector256<ushort> sum = ((Widen(near[x..]) * 3) + Widen(far[x..]) + rounding) >> 2;
            Vector128.Narrow(sum.GetLower(), sum.GetUpper()).CopyTo(row[x..]);
        }
    }

    private void Repeat(ReadOnlySpan<byte> row, int width, int columns)
    {
        for (int x = 0; x < width; x++)
        {
            _row.AsSpan(x * columns, columns).Fill(row[x]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Widen(ReadOnlySpan<byte> samples) =>
        Vector256.WidenLower(Vector128.Create(samples).ToVector256Unsafe());
}
