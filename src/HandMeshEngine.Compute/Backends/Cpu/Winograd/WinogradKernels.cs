namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>
/// The transforms of Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016), vectors of channels: 36 products make 16
/// outputs where the sums of a direct convolution take 144. Interpolation points 0, 1, -1, 2, -2, infinity.
/// </summary>
internal static unsafe class WinogradKernels<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>Side of an input patch.</summary>
    public const int Patch = 6;

    /// <summary>Side of a block of outputs.</summary>
    public const int Block = 4;

    /// <summary>B^T d B of one patch and one vector of channels: 36 vectors, <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* patch, nint rowStep, nint pixelStep, int lanes, float* to, nint step)
    {
        float* columns = stackalloc float[Patch * Patch * 16];
        for (int x = 0; x < Patch; x++)
        {
            float* at = patch + (x * pixelStep);
            float* column = columns + (x * TSimd.Width);
            if (lanes == TSimd.Width)
            {
                InputLine(
                    TSimd.Load(at),
                    TSimd.Load(at + rowStep),
                    TSimd.Load(at + (2 * rowStep)),
                    TSimd.Load(at + (3 * rowStep)),
                    TSimd.Load(at + (4 * rowStep)),
                    TSimd.Load(at + (5 * rowStep)),
                    column,
                    Patch * TSimd.Width);
            }
            else
            {
                InputLine(
                    TSimd.LoadPartial(at, lanes),
                    TSimd.LoadPartial(at + rowStep, lanes),
                    TSimd.LoadPartial(at + (2 * rowStep), lanes),
                    TSimd.LoadPartial(at + (3 * rowStep), lanes),
                    TSimd.LoadPartial(at + (4 * rowStep), lanes),
                    TSimd.LoadPartial(at + (5 * rowStep), lanes),
                    column,
                    Patch * TSimd.Width);
            }
        }

        for (int y = 0; y < Patch; y++)
        {
            float* row = columns + (y * Patch * TSimd.Width);
            InputLine(
                TSimd.Load(row),
                TSimd.Load(row + TSimd.Width),
                TSimd.Load(row + (2 * TSimd.Width)),
                TSimd.Load(row + (3 * TSimd.Width)),
                TSimd.Load(row + (4 * TSimd.Width)),
                TSimd.Load(row + (5 * TSimd.Width)),
                to + (y * Patch * step),
                step);
        }
    }

    /// <summary>
    /// A^T m A of one block and one vector of channels, with bias, residual and activation: <paramref name="from"/> holds 36
    /// vectors, <paramref name="step"/> floats apart.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* from, nint step, in WinogradStore store)
    {
        float* columns = stackalloc float[Block * Patch * 16];
        for (int x = 0; x < Patch; x++)
        {
            float* at = from + (x * step);
            float* column = columns + (x * TSimd.Width);
            OutputLine(
                TSimd.Load(at),
                TSimd.Load(at + (Patch * step)),
                TSimd.Load(at + (2 * Patch * step)),
                TSimd.Load(at + (3 * Patch * step)),
                TSimd.Load(at + (4 * Patch * step)),
                TSimd.Load(at + (5 * Patch * step)),
                out TVector y0,
                out TVector y1,
                out TVector y2,
                out TVector y3);
            TSimd.Store(y0, column);
            TSimd.Store(y1, column + (Patch * TSimd.Width));
            TSimd.Store(y2, column + (2 * Patch * TSimd.Width));
            TSimd.Store(y3, column + (3 * Patch * TSimd.Width));
        }

        TVector bias = TSimd.Load(store.Bias);
        float* to = store.Output;
        float* residual = store.Residual;
        for (int y = 0; y < store.Rows; y++)
        {
            float* row = columns + (y * Patch * TSimd.Width);
            OutputLine(
                TSimd.Load(row),
                TSimd.Load(row + TSimd.Width),
                TSimd.Load(row + (2 * TSimd.Width)),
                TSimd.Load(row + (3 * TSimd.Width)),
                TSimd.Load(row + (4 * TSimd.Width)),
                TSimd.Load(row + (5 * TSimd.Width)),
                out TVector x0,
                out TVector x1,
                out TVector x2,
                out TVector x3);
            Finish(x0, bias, 0, residual, to, store);
            Finish(x1, bias, 1, residual, to, store);
            Finish(x2, bias, 2, residual, to, store);
            Finish(x3, bias, 3, residual, to, store);
            to += store.OutputRowStep;
            residual = residual == null ? null : residual + store.ResidualRowStep;
        }
    }

    /// <summary>The same of F(2x2, 3x3): <paramref name="from"/> holds 16 vectors, <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SmallOutput(float* from, nint step, in WinogradStore store)
    {
        SmallLine(from, step, out TVector a0, out TVector b0);
        SmallLine(from + step, step, out TVector a1, out TVector b1);
        SmallLine(from + (2 * step), step, out TVector a2, out TVector b2);
        SmallLine(from + (3 * step), step, out TVector a3, out TVector b3);
        TVector bias = TSimd.Load(store.Bias);
        float* to = store.Output;
        float* residual = store.Residual;
        Finish(TSimd.Add(TSimd.Add(a0, a1), a2), bias, 0, residual, to, store);
        Finish(TSimd.Subtract(TSimd.Subtract(a1, a2), a3), bias, 1, residual, to, store);
        if (store.Rows > 1)
        {
            to += store.OutputRowStep;
            residual = residual == null ? null : residual + store.ResidualRowStep;
            Finish(TSimd.Add(TSimd.Add(b0, b1), b2), bias, 0, residual, to, store);
            Finish(TSimd.Subtract(TSimd.Subtract(b1, b2), b3), bias, 1, residual, to, store);
        }
    }

    // A column of four products: m0 + m1 + m2 and m1 - m2 - m3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SmallLine(float* from, nint step, out TVector upper, out TVector lower)
    {
        TVector m1 = TSimd.Load(from + (4 * step)), m2 = TSimd.Load(from + (8 * step));
        upper = TSimd.Add(TSimd.Add(TSimd.Load(from), m1), m2);
        lower = TSimd.Subtract(TSimd.Subtract(m1, m2), TSimd.Load(from + (12 * step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TVector value, TVector bias, nint column, float* residual, float* to, in WinogradStore store)
    {
        if (column >= store.Columns)
        {
            return;
        }

        value = TSimd.Add(value, bias);
        if (residual != null)
        {
            value = TSimd.Add(value, TSimd.Load(residual + (column * store.ResidualStep)));
        }

        value = store.Slope == null
            ? TSimd.Min(TSimd.Broadcast(store.High), TSimd.Max(TSimd.Broadcast(store.Low), value))
            : TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, value), TSimd.Load(store.Slope), TSimd.Max(TSimd.Zero, value));
        if (store.Lanes == TSimd.Width)
        {
            TSimd.Store(value, to + (column * store.OutputStep));
        }
        else
        {
            TSimd.StorePartial(value, to + (column * store.OutputStep), store.Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine(TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, float* to, nint step)
    {
        TVector two = TSimd.Broadcast(2), minusFour = TSimd.Broadcast(-4), four = TSimd.Broadcast(4), minusFive = TSimd.Broadcast(-5);
        TVector even = TSimd.MultiplyAdd(minusFour, d2, d4), odd = TSimd.MultiplyAdd(minusFour, d1, d3);
        TVector evenTwo = TSimd.Subtract(d4, d2), oddTwo = TSimd.Multiply(two, TSimd.Subtract(d3, d1));
        TSimd.Store(TSimd.MultiplyAdd(four, d0, TSimd.MultiplyAdd(minusFive, d2, d4)), to);
        TSimd.Store(TSimd.Add(even, odd), to + step);
        TSimd.Store(TSimd.Subtract(even, odd), to + (2 * step));
        TSimd.Store(TSimd.Add(evenTwo, oddTwo), to + (3 * step));
        TSimd.Store(TSimd.Subtract(evenTwo, oddTwo), to + (4 * step));
        TSimd.Store(TSimd.MultiplyAdd(four, d1, TSimd.MultiplyAdd(minusFive, d3, d5)), to + (5 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine(
        TVector m0,
        TVector m1,
        TVector m2,
        TVector m3,
        TVector m4,
        TVector m5,
        out TVector y0,
        out TVector y1,
        out TVector y2,
        out TVector y3)
    {
        TVector sum = TSimd.Add(m1, m2), difference = TSimd.Subtract(m1, m2);
        TVector sumTwo = TSimd.Add(m3, m4), differenceTwo = TSimd.Subtract(m3, m4);
        y0 = TSimd.Add(TSimd.Add(m0, sum), sumTwo);
        y1 = TSimd.MultiplyAdd(TSimd.Broadcast(2), differenceTwo, difference);
        y2 = TSimd.MultiplyAdd(TSimd.Broadcast(4), sumTwo, sum);
        y3 = TSimd.MultiplyAdd(TSimd.Broadcast(8), differenceTwo, TSimd.Add(difference, m5));
    }
}
