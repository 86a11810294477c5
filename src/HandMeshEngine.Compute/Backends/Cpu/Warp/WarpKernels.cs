using System.Runtime.Intrinsics;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>How a warp turns samples into network input: order of channels, factor and summand.</summary>
internal readonly struct WarpFinish(WarpNormalizeOp op, bool rounds = false)
{
    private readonly bool _rounds = rounds;
    private readonly bool _swaps = op.SwapRedBlue;
    private readonly Vector128<float> _scale = Vector128.Create(op.Scale.C0, op.Scale.C1, op.Scale.C2, 0);
    private readonly Vector128<float> _offset = Vector128.Create(op.Offset.C0, op.Offset.C1, op.Offset.C2, 0);

    /// <summary>The three values of an output pixel, from red, green and blue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> sample)
    {
        if (_rounds)
        {
            sample = Vector128.Floor(sample + Vector128.Create(0.5f));
        }

        if (_swaps)
        {
            sample = Vector128.Shuffle(sample, Vector128.Create(2, 1, 0, 3));
        }

        return (sample * _scale) + _offset;
    }
}

/// <summary>One row of a warp, a pixel (three channels) in a vector at a time.</summary>
internal static unsafe class WarpKernels<TSource>
    where TSource : struct, IWarpSource
{
    private const int Group = 4;

    /// <summary>Bilinear samples at exact positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bilinear<TPositions>(TSource source, WarpFinish finish, TPositions positions, int columns, float* to, nint step)
        where TPositions : struct, IWarpPositions
    {
        double* places = stackalloc double[Group];
        float* fractions = stackalloc float[2 * Group];
        Vector256<double> zero = Vector256<double>.Zero, one = Vector256<double>.One;
        Vector256<double> width = Vector256.Create((double)source.Width), height = Vector256.Create((double)source.Height);
        Vector256<double> rowStep = Vector256.Create((double)source.RowStep), pixelStep = Vector256.Create((double)source.PixelStep);
        Vector256<double> lastPlace = Vector256.Create((double)(source.LastPair - Math.Max(source.RowStep, 0)));
        bool replicates = source.Replicates, hasPairs = source.Width > 1 && source.Height > 1;
        nint below = source.RowStep;
        nint ahead = (positions.RowsAhead * source.RowStep) + (positions.ColumnsAhead * source.PixelStep);
        for (int first = 0; first < columns; first += Group)
        {
            // Four positions at a time. At the border the last tap takes all the weight: the same value as from two equal taps.
            positions.Read(first, out Vector256<double> exactX, out Vector256<double> exactY);
            Vector256<double> x = Vector256.MinNative(width - one, Vector256.MaxNative(zero, exactX));
            Vector256<double> y = Vector256.MinNative(height - one, Vector256.MaxNative(zero, exactY));
            Vector256<double> left = Vector256.MinNative(Vector256.Floor(x), width - one - one);
            Vector256<double> top = Vector256.MinNative(Vector256.Floor(y), height - one - one);
            Vector256<double> place = (top * rowStep) + (left * pixelStep);
            bool isInside = hasPairs && (replicates
                ? !positions.HasGaps || Vector256.EqualsAll(exactX, exactX)
                : Vector256.EqualsAll(x, exactX) && Vector256.EqualsAll(y, exactY));
            int count = Math.Min(Group, columns - first);
            if (isInside && Vector256.LessThanOrEqualAll(place, lastPlace))
            {
                place.Store(places);
                Vector256.Narrow(x - left, y - top).Store(fractions);
                for (int i = 0; i < count; i++, to += step)
                {
                    nint at = double.ConvertToIntegerNative<nint>(places[i]);
                    source.Prefetch(at + ahead);
                    Vector128<float> sample = Mix(source.Pair(at), source.Pair(at + below), fractions[i], fractions[i + Group]);
                    Store(finish.Apply(sample), to, first + i == columns - 1);
                }
            }
            else
            {
                exactX.Store(places);
                for (int i = 0; i < count; i++, to += step)
                {
                    Store(finish.Apply(Edge(source, places[i], exactY[i])), to, first + i == columns - 1);
                }
            }
        }
    }

    // A sample some of whose taps lie outside the image.
    private static Vector128<float> Edge(in TSource source, double x, double y)
    {
        if (double.IsNaN(x) || (!source.Replicates && (x <= -1 || y <= -1 || x >= source.Width || y >= source.Height)))
        {
            return Vector128<float>.Zero;
        }

        // Far outside the image the distance does not matter, and its conversion to an integer would overflow.
        x = Math.Clamp(x, -1e6, 1e6);
        y = Math.Clamp(y, -1e6, 1e6);
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        AnyPairs(source, left, top, out Vector256<float> upper, out Vector256<float> lower);
        return Mix(upper, lower, (float)(x - left), (float)(y - top));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Mix(Vector256<float> upper, Vector256<float> lower, float fx, float fy)
    {
        Vector256<float> pair = upper + (Vector256.Create(fy) * (lower - upper));
        Vector128<float> sample = pair.GetLower();
        return sample + (Vector128.Create(fx) * (pair.GetUpper() - sample));
    }

    /// <summary>OpenCV's warpAffine: positions in 1/32 pixel, weights of 15 bits, rounded to 8 bits (docs/systems/handdgp.md 2.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OpenCvWarp(TSource source, WarpFinish finish, double* m, int row, int columns, float* to, nint step)
    {
        int rowX = (int)Math.Round(((m[1] * row) + m[2]) * 1024) + 16, rowY = (int)Math.Round(((m[4] * row) + m[5]) * 1024) + 16;
        double mx = m[0], my = m[3];
        int right = source.Width - 2, bottom = source.Height - 1;
        for (int column = 0; column < columns; column++, to += step)
        {
            int x = (rowX + Rounded(mx * column * 1024)) >> 5, y = (rowY + Rounded(my * column * 1024)) >> 5;
            int left = x >> 5, top = y >> 5;
            Vector256<float> upper, lower;
            if (source.HasPairs && left >= 0 && left < right && top >= 0 && top < bottom)
            {
                nint place = (top * source.RowStep) + (left * source.PixelStep);
                upper = source.Pair(place);
                lower = source.Pair(place + source.RowStep);
            }
            else
            {
                AnyPairs(source, left, top, out upper, out lower);
            }

            // Whole numbers below 2^24: exact in floats.
            float fx = x & 31, fy = y & 31;
            Vector256<float> pair = (upper * (32 - fy)) + (lower * fy);
            Vector128<float> sum = (pair.GetLower() * (32 - fx)) + (pair.GetUpper() * fx);
            Vector128<int> rounded = ((Vector128.ConvertToInt32Native(sum) << 5) + Vector128.Create(16384)) >> 15;
            Store(finish.Apply(Vector128.ConvertToSingle(rounded)), to, column == columns - 1);
        }
    }

    /// <summary>OpenCV's resize of a crop, 11-bit weights, rounded to 8 bits (docs/systems/graphhand.md 2.1).</summary>
    /// <param name="source">The image.</param>
    /// <param name="finish">What follows.</param>
    /// <param name="across">The two columns of each output column.</param>
    /// <param name="down">The two rows of this output row.</param>
    /// <param name="columns">Columns of the output.</param>
    /// <param name="to">Output row.</param>
    /// <param name="step">Floats from one output pixel to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OpenCvResize(TSource source, WarpFinish finish, ResizeTaps* across, ResizeTaps down, int columns, float* to, nint step)
    {
        for (int column = 0; column < columns; column++, to += step)
        {
            ResizeTaps taps = across[column];
            Vector128<int> upper = Mix(source, taps, down.First), lower = Mix(source, taps, down.Second);
            Vector128<int> value = ((upper >> 4) * down.FirstWeight) >> 16;
            value = (value + (((lower >> 4) * down.SecondWeight) >> 16) + Vector128.Create(2)) >> 2;
            value = Vector128.Min(Vector128.Create(255), Vector128.Max(Vector128<int>.Zero, value));
            Store(finish.Apply(Vector128.ConvertToSingle(value)), to, column == columns - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Mix(in TSource source, ResizeTaps taps, int row) =>
        (Vector128.ConvertToInt32Native(source.Tap(taps.First, row)) * taps.FirstWeight)
        + (Vector128.ConvertToInt32Native(source.Tap(taps.Second, row)) * taps.SecondWeight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Rounded(double value) => double.ConvertToIntegerNative<int>(Math.Round(value));

    private static void AnyPairs(in TSource source, int x, int y, out Vector256<float> upper, out Vector256<float> lower)
    {
        upper = Vector256.Create(source.Tap(x, y), source.Tap(x + 1, y));
        lower = Vector256.Create(source.Tap(x, y + 1), source.Tap(x + 1, y + 1));
    }

    /// <summary>Three floats; before the last pixel of a row a fourth, which the next pixel overwrites.</summary>
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
}
