using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>
/// Bilinear warps of frames whose samples lie apart: YUV and gray formats. Four output pixels at a time: brightness and colour are
/// sampled each in its own plane, and turned into red, green and blue once (docs/frames.md).
/// </summary>
/// <typeparam name="TSample">The type of a sample: byte or ushort.</typeparam>
internal static unsafe class PlanarKernels<TSample>
    where TSample : unmanaged
{
    private const int Group = 4;

    /// <summary>One output row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bilinear<TPositions>(
        ImageSource image, bool replicates, WarpFinish finish, TPositions positions, int columns, float* to, nint step)
        where TPositions : struct, IWarpPositions
    {
        Vector256<double> zero = Vector256<double>.Zero, one = Vector256<double>.One;
        Vector256<double> right = Vector256.Create(image.Width - 1.0), bottom = Vector256.Create(image.Height - 1.0);
        bool isYuv = image.Layout.Kind == SampleKind.Yuv;
        ChromaGrid grid = ChromaGrid.Of(image);
        Vector256<double> chromaRight = Vector256.Create(grid.Width - 1.0), chromaBottom = Vector256.Create(grid.Height - 1.0);
        bool hasPairs = image.Width > 1 && image.Height > 1 && (!isYuv || (grid.Width > 1 && grid.Height > 1));
        SamplePlane first = image.First, second = image.Second, third = image.Third;
        bool inPairs = typeof(TSample) == typeof(byte) && second.Step == 2 && Math.Abs(third.Start - second.Start) == 1 && second.Row == third.Row;
        ColourRule rule = image.Rule;
        Vector128<float> unit = Vector128.Create((float)rule.Unit), scale = Vector128.Create((float)rule.Scale), darkest = Vector128.Create((float)rule.Zero);
        Vector128<float> neutral = Vector128.Create((float)ColourRule.Neutral), white = Vector128.Create(255f);
        Vector128<float> redFromCr = Vector128.Create((float)rule.RedFromCr), greenFromCb = Vector128.Create((float)rule.GreenFromCb);
        Vector128<float> greenFromCr = Vector128.Create((float)rule.GreenFromCr), blueFromCb = Vector128.Create((float)rule.BlueFromCb);
        double* exact = stackalloc double[2 * Group];
        for (int column = 0; column < columns; column += Group)
        {
            positions.Read(column, out Vector256<double> exactX, out Vector256<double> exactY);
            Vector256<double> x = Vector256.MinNative(right, Vector256.MaxNative(zero, exactX));
            Vector256<double> y = Vector256.MinNative(bottom, Vector256.MaxNative(zero, exactY));
            bool isInside = hasPairs && (replicates
                ? !positions.HasGaps || Vector256.EqualsAll(exactX, exactX)
                : Vector256.EqualsAll(x, exactX) && Vector256.EqualsAll(y, exactY));
            int count = Math.Min(Group, columns - column);
            if (!isInside)
            {
                exactX.Store(exact);
                exactY.Store(exact + Group);
                for (int i = 0; i < count; i++, to += step)
                {
                    Store(finish.Apply(FrameSample.Bilinear(image, exact[i], exact[i + Group], replicates)), to, column + i == columns - 1);
                }

                continue;
            }

            Vector256<double> left = Vector256.MinNative(Vector256.Floor(x), right - one), top = Vector256.MinNative(Vector256.Floor(y), bottom - one);
            Corners luma = Corners.Load(first, left, top);
            Vector128<float> fx = Vector256.Narrow(x - left, zero).GetLower(), fy = Vector256.Narrow(y - top, zero).GetLower();
            Vector128<float> r, g, b;
            if (isYuv)
            {
                Vector128<float> bright = scale * ((luma.Mix(fx, fy) * unit) - darkest);
                x = Vector256.MinNative(chromaRight, Vector256.MaxNative(zero, (x * grid.ScaleX) - Vector256.Create(grid.ShiftX)));
                y = Vector256.MinNative(chromaBottom, Vector256.MaxNative(zero, (y * grid.ScaleY) - Vector256.Create(grid.ShiftY)));
                left = Vector256.MinNative(Vector256.Floor(x), chromaRight - one);
                top = Vector256.MinNative(Vector256.Floor(y), chromaBottom - one);
                fx = Vector256.Narrow(x - left, zero).GetLower();
                fy = Vector256.Narrow(y - top, zero).GetLower();
                Corners blue, red;
                if (inPairs)
                {
                    (blue, red) = Corners.LoadPairs(second, third, left, top);
                }
                else
                {
                    (blue, red) = (Corners.Load(second, left, top), Corners.Load(third, left, top));
                }

                Vector128<float> cb = (blue.Mix(fx, fy) * unit) - neutral, cr = (red.Mix(fx, fy) * unit) - neutral;
                r = Bounded(bright + (redFromCr * cr), white);
                g = Bounded(bright + ((greenFromCb * cb) + (greenFromCr * cr)), white);
                b = Bounded(bright + (blueFromCb * cb), white);
            }
            else
            {
                r = g = b = luma.Bounded(scale, darkest, white).Mix(fx, fy);
            }

            Transpose(ref r, ref g, ref b, out Vector128<float> last);
            Store(finish.Apply(r), to, column == columns - 1);
            if (count > 1)
            {
                Store(finish.Apply(g), to + step, column + 1 == columns - 1);
            }

            if (count > 2)
            {
                Store(finish.Apply(b), to + (2 * step), column + 2 == columns - 1);
            }

            if (count > 3)
            {
                Store(finish.Apply(last), to + (3 * step), column + 3 == columns - 1);
            }

            to += count * step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Bounded(Vector128<float> value, Vector128<float> white) =>
        Vector128.MinNative(white, Vector128.MaxNative(Vector128<float>.Zero, value));

    // Four pixels' reds, greens and blues as four pixels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector128<float> r, ref Vector128<float> g, ref Vector128<float> b, out Vector128<float> last)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> lowRg = Sse.UnpackLow(r, g), highRg = Sse.UnpackHigh(r, g);
            Vector128<float> lowB = Sse.UnpackLow(b, b), highB = Sse.UnpackHigh(b, b);
            r = Sse.MoveLowToHigh(lowRg, lowB);
            g = Sse.MoveHighToLow(lowB, lowRg);
            b = Sse.MoveLowToHigh(highRg, highB);
            last = Sse.MoveHighToLow(highB, highRg);
            return;
        }

        (Vector128<float> reds, Vector128<float> greens, Vector128<float> blues) = (r, g, b);
        r = Vector128.Create(reds[0], greens[0], blues[0], 0);
        g = Vector128.Create(reds[1], greens[1], blues[1], 0);
        b = Vector128.Create(reds[2], greens[2], blues[2], 0);
        last = Vector128.Create(reds[3], greens[3], blues[3], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> pixel, float* to, bool isLast)
    {
        if (!isLast)
        {
            pixel.Store(to);
            return;
        }

        to[0] = pixel.GetElement(0);
        to[1] = pixel.GetElement(1);
        to[2] = pixel.GetElement(2);
    }

    /// <summary>The four taps of four samples.</summary>
    private readonly record struct Corners(
        Vector128<float> TopLeft, Vector128<float> TopRight, Vector128<float> BottomLeft, Vector128<float> BottomRight)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Corners Load(in SamplePlane plane, Vector256<double> left, Vector256<double> top)
        {
            Vector256<double> place = (top * (double)plane.Row) + (left * (double)plane.Step);
            nint next = plane.Step, below = plane.Row;
            byte* start = (byte*)plane.Start;
            byte* a = start + double.ConvertToIntegerNative<nint>(place.GetElement(0)), b = start + double.ConvertToIntegerNative<nint>(place.GetElement(1));
            byte* c = start + double.ConvertToIntegerNative<nint>(place.GetElement(2)), d = start + double.ConvertToIntegerNative<nint>(place.GetElement(3));
            if (typeof(TSample) == typeof(byte) && next == 1)
            {
                // Neighbours in one load: half as many.
                Vector128<ushort> pairs = Vector128.Create(
                    Word(a), Word(b), Word(c), Word(d), Word(a + below), Word(b + below), Word(c + below), Word(d + below));
                (Vector128<uint> leftTop, Vector128<uint> leftBottom) = Vector128.Widen(pairs & Vector128.Create((ushort)0xff));
                (Vector128<uint> rightTop, Vector128<uint> rightBottom) = Vector128.Widen(pairs >> 8);
                return Of(leftTop, rightTop, leftBottom, rightBottom);
            }

            if (typeof(TSample) == typeof(byte))
            {
                Vector128<byte> all = Vector128.Create(
                    *a, *b, *c, *d, a[next], b[next], c[next], d[next],
                    a[below], b[below], c[below], d[below], a[below + next], b[below + next], c[below + next], d[below + next]);
                (Vector128<ushort> upper, Vector128<ushort> lower) = Vector128.Widen(all);
                return From(upper, lower);
            }

            return From(
                Vector128.Create(Word(a), Word(b), Word(c), Word(d), Word(a + next), Word(b + next), Word(c + next), Word(d + next)),
                Vector128.Create(
                    Word(a + below), Word(b + below), Word(c + below), Word(d + below),
                    Word(a + below + next), Word(b + below + next), Word(c + below + next), Word(d + below + next)));
        }

        /// <summary>The corners of two bytes that lie side by side: Cb and Cr of NV12 in one load.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Corners Second, Corners Third) LoadPairs(in SamplePlane second, in SamplePlane third, Vector256<double> left, Vector256<double> top)
        {
            Vector256<double> place = (top * (double)second.Row) + (left * 2.0);
            nint below = second.Row;
            byte* start = (byte*)Math.Min(second.Start, third.Start);
            byte* a = start + double.ConvertToIntegerNative<nint>(place.GetElement(0)), b = start + double.ConvertToIntegerNative<nint>(place.GetElement(1));
            byte* c = start + double.ConvertToIntegerNative<nint>(place.GetElement(2)), d = start + double.ConvertToIntegerNative<nint>(place.GetElement(3));
            Vector128<uint> upper = Vector128.Create(Four(a), Four(b), Four(c), Four(d));
            Vector128<uint> lower = Vector128.Create(Four(a + below), Four(b + below), Four(c + below), Four(d + below));
            Vector128<uint> low = Vector128.Create(0xffu);
            Corners first = Of(upper & low, (upper >> 16) & low, lower & low, (lower >> 16) & low);
            Corners other = Of((upper >> 8) & low, upper >> 24, (lower >> 8) & low, lower >> 24);
            return second.Start < third.Start ? (first, other) : (other, first);
        }

        /// <summary>Each tap between black and white, in 0..255.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Corners Bounded(Vector128<float> scale, Vector128<float> black, Vector128<float> white) => new(
            PlanarKernels<TSample>.Bounded((TopLeft - black) * scale, white),
            PlanarKernels<TSample>.Bounded((TopRight - black) * scale, white),
            PlanarKernels<TSample>.Bounded((BottomLeft - black) * scale, white),
            PlanarKernels<TSample>.Bounded((BottomRight - black) * scale, white));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> Mix(Vector128<float> fx, Vector128<float> fy)
        {
            Vector128<float> upper = TopLeft + (fx * (TopRight - TopLeft)), lower = BottomLeft + (fx * (BottomRight - BottomLeft));
            return upper + (fy * (lower - upper));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Corners From(Vector128<ushort> upper, Vector128<ushort> lower)
        {
            (Vector128<uint> topLeft, Vector128<uint> topRight) = Vector128.Widen(upper);
            (Vector128<uint> bottomLeft, Vector128<uint> bottomRight) = Vector128.Widen(lower);
            return Of(topLeft, topRight, bottomLeft, bottomRight);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Corners Of(Vector128<uint> topLeft, Vector128<uint> topRight, Vector128<uint> bottomLeft, Vector128<uint> bottomRight) => new(
            Vector128.ConvertToSingle(topLeft.AsInt32()),
            Vector128.ConvertToSingle(topRight.AsInt32()),
            Vector128.ConvertToSingle(bottomLeft.AsInt32()),
            Vector128.ConvertToSingle(bottomRight.AsInt32()));

        // Samples of two bytes may lie at odd addresses.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ushort Word(byte* at) => Unsafe.ReadUnaligned<ushort>(at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint Four(byte* at) => Unsafe.ReadUnaligned<uint>(at);
    }
}
