using System.Runtime.Intrinsics;

namespace HandMeshEngine.Images.Jpeg;

/// <summary>Turns decoded components into RGB pixels, with the 16-bit fixed-point colour of libjpeg.</summary>
internal sealed class JpegRenderer
{
    // The coefficients of JFIF's YCbCr times 2^16.
    private const int RedFromCr = 91881;
    private const int GreenFromCb = -22554;
    private const int GreenFromCr = -46802;
    private const int BlueFromCb = 116130;
    private const int Half = 1 << 15;

    private readonly Upsampler[] _upsamplers = [new(), new(), new(), new()];
    private byte[] _cmy = [];

    /// <summary>Fills an image of the frame's size.</summary>
    public void Render(JpegFrame frame, JpegColor color, RgbImage image)
    {
        ReadOnlySpan<JpegComponent> components = frame.Components;
        bool isGrey = components.Length == 1;
        bool isRgb = !isGrey && color.IsRgb(components);
        if (frame.IsProgressive)
        {
            foreach (JpegComponent component in components)
            {
                TransformBlocks(component);
            }
        }

        for (int y = 0; y < frame.Height; y++)
        {
            ReadOnlySpan<byte> first = _upsamplers[0].Row(frame, components[0], y);
            ReadOnlySpan<byte> second = isGrey ? first : _upsamplers[1].Row(frame, components[1], y);
            ReadOnlySpan<byte> third = isGrey ? first : _upsamplers[2].Row(frame, components[2], y);
            if (components.Length == 4)
            {
                FromCmyk(first, second, third, _upsamplers[3].Row(frame, components[3], y), color.IsYcck, image.Row(y));
            }
            else if (isGrey || isRgb)
            {
                Interleave(first, second, third, image.Row(y));
            }
            else
            {
                Convert(first, second, third, image.Row(y));
            }
        }
    }

    // Adobe's programs store CMYK inverted, and readers take it that way with or without their marker: red is what cyan and black let
    // through. YCCK holds the colours of what is stored upright.
    private void FromCmyk(ReadOnlySpan<byte> c, ReadOnlySpan<byte> m, ReadOnlySpan<byte> y, ReadOnlySpan<byte> k, bool isYcck, Span<byte> output)
    {
        if (_cmy.Length < output.Length)
        {
            _cmy = new byte[output.Length];
        }

        Span<byte> stored = _cmy.AsSpan(0, output.Length);
        if (isYcck)
        {
            Convert(c, m, y, stored);
        }
        else
        {
            Interleave(c, m, y, stored);
        }

        for (int i = 0; i < output.Length; i++)
        {
            int ink = isYcck ? stored[i] : 255 - stored[i], light = k[i / 3];
            int rounded = (ink * light) + 128;
            output[i] = (byte)(light - (((rounded >> 8) + rounded) >> 8));
        }
    }

    private static void TransformBlocks(JpegComponent component)
    {
        for (int row = 0; row < component.BlockRows; row++)
        {
            for (int column = 0; column < component.BlockColumns; column++)
            {
                Span<short> block = component.Block(row, column);
                Span<byte> samples = component.Samples(row, column);
                if (block[1..].ContainsAnyExcept((short)0))
                {
                    InverseDct.Block(block, component.Quantization, samples, component.Stride);
                }
                else
                {
                    InverseDct.Flat(block[0], component.Quantization[0], samples, component.Stride);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, Span<byte> output)
    {
        int x = 0;
        for (; 3 * (x + RgbRows.Step) <= output.Length; x += RgbRows.Step)
        {
            RgbRows.Store(
                Vector128.Create(red[x..]), Vector128.Create(green[x..]), Vector128.Create(blue[x..]), output[(3 * x)..]);
        }

        if (3 * x < output.Length)
        {
            RgbRows.StoreSome(
                Vector128.Create(red[x..]), Vector128.Create(green[x..]), Vector128.Create(blue[x..]), output[(3 * x)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convert(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> output)
    {
        int x = 0;
        for (; 3 * (x + RgbRows.Step) <= output.Length; x += RgbRows.Step)
        {
            ToRgb(luma[x..], cb[x..], cr[x..], out Vector128<byte> red, out Vector128<byte> green, out Vector128<byte> blue);
            RgbRows.Store(red, green, blue, output[(3 * x)..]);
        }

        if (3 * x < output.Length)
        {
            ToRgb(luma[x..], cb[x..], cr[x..], out Vector128<byte> red, out Vector128<byte> green, out Vector128<byte> blue);
            RgbRows.StoreSome(red, green, blue, output[(3 * x)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToRgb(
        ReadOnlySpan<byte> luma,
        ReadOnlySpan<byte> cb,
        ReadOnlySpan<byte> cr,
        out Vector128<byte> red,
        out Vector128<byte> green,
        out Vector128<byte> blue)
    {
        Vector256<short> y = Widen(luma);
        (Vector256<int> u0, Vector256<int> u1) = Vector256.Widen(Widen(cb) - Vector256.Create((short)128));
        (Vector256<int> v0, Vector256<int> v1) = Vector256.Widen(Widen(cr) - Vector256.Create((short)128));
        Vector256<int> half = Vector256.Create(Half);
        red = Clamp(y + Vector256.Narrow(((v0 * RedFromCr) + half) >> 16, ((v1 * RedFromCr) + half) >> 16));
        green = Clamp(y + Vector256.Narrow(
            ((u0 * GreenFromCb) + (v0 * GreenFromCr) + half) >> 16,
            ((u1 * GreenFromCb) + (v1 * GreenFromCr) + half) >> 16));
        blue = Clamp(y + Vector256.Narrow(((u0 * BlueFromCb) + half) >> 16, ((u1 * BlueFromCb) + half) >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen(ReadOnlySpan<byte> samples) =>
        Vector256.WidenLower(Vector128.Create(samples).ToVector256Unsafe()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Clamp(Vector256<short> v)
    {
        Vector256<ushort> positive = Vector256.Max(v, Vector256<short>.Zero).AsUInt16();
        return Vector128.NarrowWithSaturation(positive.GetLower(), positive.GetUpper());
    }
}
