// Written by tools/register-tiles; change the generator, not this file.
using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>The kernels of depth-wise convolutions.</summary>
internal static unsafe class WindowTiles<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>Outputs a block that there are kernels for.</summary>
    public static ReadOnlySpan<int> Blocks(int kernel, int stride) => (kernel, stride) switch
    {
        (3, 1) or (3, 2) or (5, 1) or (5, 2) => [1, 2, 4, 6, 7, 8],
        _ => [1, 4, 7],
    };

    /// <summary>The kernel for a square window without dilation, or for any window if <paramref name="kernel"/> is 0.</summary>
    public static delegate*<WindowCall*, void> Find(int kernel, int stride, int block) => (kernel, stride, block) switch
    {
        (3, 1, 1) => &Window3Stride1Block1,
        (3, 1, 2) => &Window3Stride1Block2,
        (3, 1, 4) => &Window3Stride1Block4,
        (3, 1, 6) => &Window3Stride1Block6,
        (3, 1, 7) => &Window3Stride1Block7,
        (3, 1, 8) => &Window3Stride1Block8,
        (3, 2, 1) => &Window3Stride2Block1,
        (3, 2, 2) => &Window3Stride2Block2,
        (3, 2, 4) => &Window3Stride2Block4,
        (3, 2, 6) => &Window3Stride2Block6,
        (3, 2, 7) => &Window3Stride2Block7,
        (3, 2, 8) => &Window3Stride2Block8,
        (5, 1, 1) => &Window5Stride1Block1,
        (5, 1, 2) => &Window5Stride1Block2,
        (5, 1, 4) => &Window5Stride1Block4,
        (5, 1, 6) => &Window5Stride1Block6,
        (5, 1, 7) => &Window5Stride1Block7,
        (5, 1, 8) => &Window5Stride1Block8,
        (5, 2, 1) => &Window5Stride2Block1,
        (5, 2, 2) => &Window5Stride2Block2,
        (5, 2, 4) => &Window5Stride2Block4,
        (5, 2, 6) => &Window5Stride2Block6,
        (5, 2, 7) => &Window5Stride2Block7,
        (5, 2, 8) => &Window5Stride2Block8,
        (_, _, 1) => &Taps1,
        (_, _, 4) => &Taps4,
        (_, _, 7) => &Taps7,
        _ => throw new ArgumentOutOfRangeException(nameof(block), $"there is no kernel for {block} outputs"),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride1Block1(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out2 = (call->Width - 1 - column - 2) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e2 = input + pixel2;
                e2 = (float*)((nint)e2 + (((nint)call->Zeros - (nint)e2) & out2));
                nint step2 = rowStep & ~out2;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(e2);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e2 += step2;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride1Block2(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out3 = (call->Width - 1 - column - 3) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e3 = input + pixel3;
                e3 = (float*)((nint)e3 + (((nint)call->Zeros - (nint)e3) & out3));
                nint step3 = rowStep & ~out3;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(e3);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i2, w1, s1);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e3 += step3;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride1Block4(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out5 = (call->Width - 1 - column - 5) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e5 = input + pixel5;
                e5 = (float*)((nint)e5 + (((nint)call->Zeros - (nint)e5) & out5));
                nint step5 = rowStep & ~out5;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(e5);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i2, w1, s1);
                    s2 = TSimd.MultiplyAdd(i3, w1, s2);
                    s3 = TSimd.MultiplyAdd(i4, w1, s3);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e5 += step5;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride1Block6(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out7 = (call->Width - 1 - column - 7) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e7 = input + pixel7;
                e7 = (float*)((nint)e7 + (((nint)call->Zeros - (nint)e7) & out7));
                nint step7 = rowStep & ~out7;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(e7);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    s4 = TSimd.MultiplyAdd(i4, w0, s4);
                    s5 = TSimd.MultiplyAdd(i5, w0, s5);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i2, w1, s1);
                    s2 = TSimd.MultiplyAdd(i3, w1, s2);
                    s3 = TSimd.MultiplyAdd(i4, w1, s3);
                    s4 = TSimd.MultiplyAdd(i5, w1, s4);
                    s5 = TSimd.MultiplyAdd(i6, w1, s5);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    s4 = TSimd.MultiplyAdd(i6, w2, s4);
                    s5 = TSimd.MultiplyAdd(i7, w2, s5);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e7 += step7;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride1Block7(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out8 = (call->Width - 1 - column - 8) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e8 = input + pixel8;
                e8 = (float*)((nint)e8 + (((nint)call->Zeros - (nint)e8) & out8));
                nint step8 = rowStep & ~out8;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(e8);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    s4 = TSimd.MultiplyAdd(i4, w0, s4);
                    s5 = TSimd.MultiplyAdd(i5, w0, s5);
                    s6 = TSimd.MultiplyAdd(i6, w0, s6);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i2, w1, s1);
                    s2 = TSimd.MultiplyAdd(i3, w1, s2);
                    s3 = TSimd.MultiplyAdd(i4, w1, s3);
                    s4 = TSimd.MultiplyAdd(i5, w1, s4);
                    s5 = TSimd.MultiplyAdd(i6, w1, s5);
                    s6 = TSimd.MultiplyAdd(i7, w1, s6);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    s4 = TSimd.MultiplyAdd(i6, w2, s4);
                    s5 = TSimd.MultiplyAdd(i7, w2, s5);
                    s6 = TSimd.MultiplyAdd(i8, w2, s6);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e8 += step8;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride1Block8(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out9 = (call->Width - 1 - column - 9) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e9 = input + pixel9;
                e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                nint step9 = rowStep & ~out9;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(e9);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    s4 = TSimd.MultiplyAdd(i4, w0, s4);
                    s5 = TSimd.MultiplyAdd(i5, w0, s5);
                    s6 = TSimd.MultiplyAdd(i6, w0, s6);
                    s7 = TSimd.MultiplyAdd(i7, w0, s7);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i2, w1, s1);
                    s2 = TSimd.MultiplyAdd(i3, w1, s2);
                    s3 = TSimd.MultiplyAdd(i4, w1, s3);
                    s4 = TSimd.MultiplyAdd(i5, w1, s4);
                    s5 = TSimd.MultiplyAdd(i6, w1, s5);
                    s6 = TSimd.MultiplyAdd(i7, w1, s6);
                    s7 = TSimd.MultiplyAdd(i8, w1, s7);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    s4 = TSimd.MultiplyAdd(i6, w2, s4);
                    s5 = TSimd.MultiplyAdd(i7, w2, s5);
                    s6 = TSimd.MultiplyAdd(i8, w2, s6);
                    s7 = TSimd.MultiplyAdd(i9, w2, s7);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e9 += step9;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                    s7 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7), slope0, TSimd.Max(TSimd.Zero, s7));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                    s7 = TSimd.Min(high, TSimd.Max(low, s7));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                    TSimd.Store(s7, output + (7 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s7, output + (7 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block1(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out2 = (call->Width - 1 - column - 2) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e2 = input + pixel2;
                e2 = (float*)((nint)e2 + (((nint)call->Zeros - (nint)e2) & out2));
                nint step2 = rowStep & ~out2;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(e2);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e2 += step2;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block2(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out4 = (call->Width - 1 - column - 4) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e4 = input + pixel4;
                e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                nint step4 = rowStep & ~out4;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(e4);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e4 += step4;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block4(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out8 = (call->Width - 1 - column - 8) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e8 = input + pixel8;
                e8 = (float*)((nint)e8 + (((nint)call->Zeros - (nint)e8) & out8));
                nint step8 = rowStep & ~out8;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(e8);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e8 += step8;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block6(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        nint pixel11 = 11 * pixel;
        nint pixel12 = 12 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out12 = (call->Width - 1 - column - 12) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e12 = input + pixel12;
                e12 = (float*)((nint)e12 + (((nint)call->Zeros - (nint)e12) & out12));
                nint step12 = rowStep & ~out12;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(input + pixel9);
                    TVector i10 = TSimd.Load(input + pixel10);
                    TVector i11 = TSimd.Load(input + pixel11);
                    TVector i12 = TSimd.Load(e12);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    s4 = TSimd.MultiplyAdd(i8, w0, s4);
                    s5 = TSimd.MultiplyAdd(i10, w0, s5);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    s4 = TSimd.MultiplyAdd(i9, w1, s4);
                    s5 = TSimd.MultiplyAdd(i11, w1, s5);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    s4 = TSimd.MultiplyAdd(i10, w2, s4);
                    s5 = TSimd.MultiplyAdd(i12, w2, s5);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e12 += step12;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block7(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        nint pixel11 = 11 * pixel;
        nint pixel12 = 12 * pixel;
        nint pixel13 = 13 * pixel;
        nint pixel14 = 14 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out14 = (call->Width - 1 - column - 14) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e14 = input + pixel14;
                e14 = (float*)((nint)e14 + (((nint)call->Zeros - (nint)e14) & out14));
                nint step14 = rowStep & ~out14;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(input + pixel9);
                    TVector i10 = TSimd.Load(input + pixel10);
                    TVector i11 = TSimd.Load(input + pixel11);
                    TVector i12 = TSimd.Load(input + pixel12);
                    TVector i13 = TSimd.Load(input + pixel13);
                    TVector i14 = TSimd.Load(e14);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    s4 = TSimd.MultiplyAdd(i8, w0, s4);
                    s5 = TSimd.MultiplyAdd(i10, w0, s5);
                    s6 = TSimd.MultiplyAdd(i12, w0, s6);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    s4 = TSimd.MultiplyAdd(i9, w1, s4);
                    s5 = TSimd.MultiplyAdd(i11, w1, s5);
                    s6 = TSimd.MultiplyAdd(i13, w1, s6);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    s4 = TSimd.MultiplyAdd(i10, w2, s4);
                    s5 = TSimd.MultiplyAdd(i12, w2, s5);
                    s6 = TSimd.MultiplyAdd(i14, w2, s6);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e14 += step14;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block8(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        nint pixel11 = 11 * pixel;
        nint pixel12 = 12 * pixel;
        nint pixel13 = 13 * pixel;
        nint pixel14 = 14 * pixel;
        nint pixel15 = 15 * pixel;
        nint pixel16 = 16 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out16 = (call->Width - 1 - column - 16) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(3, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e16 = input + pixel16;
                e16 = (float*)((nint)e16 + (((nint)call->Zeros - (nint)e16) & out16));
                nint step16 = rowStep & ~out16;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(input + pixel);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(input + pixel9);
                    TVector i10 = TSimd.Load(input + pixel10);
                    TVector i11 = TSimd.Load(input + pixel11);
                    TVector i12 = TSimd.Load(input + pixel12);
                    TVector i13 = TSimd.Load(input + pixel13);
                    TVector i14 = TSimd.Load(input + pixel14);
                    TVector i15 = TSimd.Load(input + pixel15);
                    TVector i16 = TSimd.Load(e16);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    s4 = TSimd.MultiplyAdd(i8, w0, s4);
                    s5 = TSimd.MultiplyAdd(i10, w0, s5);
                    s6 = TSimd.MultiplyAdd(i12, w0, s6);
                    s7 = TSimd.MultiplyAdd(i14, w0, s7);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    s4 = TSimd.MultiplyAdd(i9, w1, s4);
                    s5 = TSimd.MultiplyAdd(i11, w1, s5);
                    s6 = TSimd.MultiplyAdd(i13, w1, s6);
                    s7 = TSimd.MultiplyAdd(i15, w1, s7);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    s4 = TSimd.MultiplyAdd(i10, w2, s4);
                    s5 = TSimd.MultiplyAdd(i12, w2, s5);
                    s6 = TSimd.MultiplyAdd(i14, w2, s6);
                    s7 = TSimd.MultiplyAdd(i16, w2, s7);
                    weights += 3 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e16 += step16;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                    s7 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7), slope0, TSimd.Max(TSimd.Zero, s7));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                    s7 = TSimd.Min(high, TSimd.Max(low, s7));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                    TSimd.Store(s7, output + (7 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s7, output + (7 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride1Block1(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out3 = (call->Width - 1 - column - 3) >> 31;
            nint out4 = (call->Width - 1 - column - 4) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias;
                TVector t0 = TSimd.Zero;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e3 = input + pixel3;
                e3 = (float*)((nint)e3 + (((nint)call->Zeros - (nint)e3) & out3));
                nint step3 = rowStep & ~out3;
                float* e4 = input + pixel4;
                e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                nint step4 = rowStep & ~out4;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(e3);
                    TVector i4 = TSimd.Load(e4);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    t0 = TSimd.MultiplyAdd(i1, w1, t0);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    t0 = TSimd.MultiplyAdd(i3, w3, t0);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e3 += step3;
                    e4 += step4;
                }
                while (--row > 0);

                s0 = TSimd.Add(s0, t0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride1Block2(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out4 = (call->Width - 1 - column - 4) >> 31;
            nint out5 = (call->Width - 1 - column - 5) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                TVector t0 = TSimd.Zero, t1 = TSimd.Zero;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e4 = input + pixel4;
                e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                nint step4 = rowStep & ~out4;
                float* e5 = input + pixel5;
                e5 = (float*)((nint)e5 + (((nint)call->Zeros - (nint)e5) & out5));
                nint step5 = rowStep & ~out5;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(e4);
                    TVector i5 = TSimd.Load(e5);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    t0 = TSimd.MultiplyAdd(i1, w1, t0);
                    t1 = TSimd.MultiplyAdd(i2, w1, t1);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    t0 = TSimd.MultiplyAdd(i3, w3, t0);
                    t1 = TSimd.MultiplyAdd(i4, w3, t1);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i5, w4, s1);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e4 += step4;
                    e5 += step5;
                }
                while (--row > 0);

                s0 = TSimd.Add(s0, t0);
                s1 = TSimd.Add(s1, t1);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride1Block4(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out6 = (call->Width - 1 - column - 6) >> 31;
            nint out7 = (call->Width - 1 - column - 7) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                TVector t0 = TSimd.Zero, t1 = TSimd.Zero, t2 = TSimd.Zero, t3 = TSimd.Zero;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e6 = input + pixel6;
                e6 = (float*)((nint)e6 + (((nint)call->Zeros - (nint)e6) & out6));
                nint step6 = rowStep & ~out6;
                float* e7 = input + pixel7;
                e7 = (float*)((nint)e7 + (((nint)call->Zeros - (nint)e7) & out7));
                nint step7 = rowStep & ~out7;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(e6);
                    TVector i7 = TSimd.Load(e7);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    t0 = TSimd.MultiplyAdd(i1, w1, t0);
                    t1 = TSimd.MultiplyAdd(i2, w1, t1);
                    t2 = TSimd.MultiplyAdd(i3, w1, t2);
                    t3 = TSimd.MultiplyAdd(i4, w1, t3);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    t0 = TSimd.MultiplyAdd(i3, w3, t0);
                    t1 = TSimd.MultiplyAdd(i4, w3, t1);
                    t2 = TSimd.MultiplyAdd(i5, w3, t2);
                    t3 = TSimd.MultiplyAdd(i6, w3, t3);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i5, w4, s1);
                    s2 = TSimd.MultiplyAdd(i6, w4, s2);
                    s3 = TSimd.MultiplyAdd(i7, w4, s3);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e6 += step6;
                    e7 += step7;
                }
                while (--row > 0);

                s0 = TSimd.Add(s0, t0);
                s1 = TSimd.Add(s1, t1);
                s2 = TSimd.Add(s2, t2);
                s3 = TSimd.Add(s3, t3);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride1Block6(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out8 = (call->Width - 1 - column - 8) >> 31;
            nint out9 = (call->Width - 1 - column - 9) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                TVector t0 = TSimd.Zero, t1 = TSimd.Zero, t2 = TSimd.Zero, t3 = TSimd.Zero, t4 = TSimd.Zero, t5 = TSimd.Zero;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e8 = input + pixel8;
                e8 = (float*)((nint)e8 + (((nint)call->Zeros - (nint)e8) & out8));
                nint step8 = rowStep & ~out8;
                float* e9 = input + pixel9;
                e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                nint step9 = rowStep & ~out9;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(e8);
                    TVector i9 = TSimd.Load(e9);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    s4 = TSimd.MultiplyAdd(i4, w0, s4);
                    s5 = TSimd.MultiplyAdd(i5, w0, s5);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    t0 = TSimd.MultiplyAdd(i1, w1, t0);
                    t1 = TSimd.MultiplyAdd(i2, w1, t1);
                    t2 = TSimd.MultiplyAdd(i3, w1, t2);
                    t3 = TSimd.MultiplyAdd(i4, w1, t3);
                    t4 = TSimd.MultiplyAdd(i5, w1, t4);
                    t5 = TSimd.MultiplyAdd(i6, w1, t5);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    s4 = TSimd.MultiplyAdd(i6, w2, s4);
                    s5 = TSimd.MultiplyAdd(i7, w2, s5);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    t0 = TSimd.MultiplyAdd(i3, w3, t0);
                    t1 = TSimd.MultiplyAdd(i4, w3, t1);
                    t2 = TSimd.MultiplyAdd(i5, w3, t2);
                    t3 = TSimd.MultiplyAdd(i6, w3, t3);
                    t4 = TSimd.MultiplyAdd(i7, w3, t4);
                    t5 = TSimd.MultiplyAdd(i8, w3, t5);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i5, w4, s1);
                    s2 = TSimd.MultiplyAdd(i6, w4, s2);
                    s3 = TSimd.MultiplyAdd(i7, w4, s3);
                    s4 = TSimd.MultiplyAdd(i8, w4, s4);
                    s5 = TSimd.MultiplyAdd(i9, w4, s5);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e8 += step8;
                    e9 += step9;
                }
                while (--row > 0);

                s0 = TSimd.Add(s0, t0);
                s1 = TSimd.Add(s1, t1);
                s2 = TSimd.Add(s2, t2);
                s3 = TSimd.Add(s3, t3);
                s4 = TSimd.Add(s4, t4);
                s5 = TSimd.Add(s5, t5);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride1Block7(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out9 = (call->Width - 1 - column - 9) >> 31;
            nint out10 = (call->Width - 1 - column - 10) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                TVector t0 = TSimd.Zero, t1 = TSimd.Zero, t2 = TSimd.Zero, t3 = TSimd.Zero, t4 = TSimd.Zero, t5 = TSimd.Zero, t6 = TSimd.Zero;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e9 = input + pixel9;
                e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                nint step9 = rowStep & ~out9;
                float* e10 = input + pixel10;
                e10 = (float*)((nint)e10 + (((nint)call->Zeros - (nint)e10) & out10));
                nint step10 = rowStep & ~out10;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(e9);
                    TVector i10 = TSimd.Load(e10);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    s4 = TSimd.MultiplyAdd(i4, w0, s4);
                    s5 = TSimd.MultiplyAdd(i5, w0, s5);
                    s6 = TSimd.MultiplyAdd(i6, w0, s6);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    t0 = TSimd.MultiplyAdd(i1, w1, t0);
                    t1 = TSimd.MultiplyAdd(i2, w1, t1);
                    t2 = TSimd.MultiplyAdd(i3, w1, t2);
                    t3 = TSimd.MultiplyAdd(i4, w1, t3);
                    t4 = TSimd.MultiplyAdd(i5, w1, t4);
                    t5 = TSimd.MultiplyAdd(i6, w1, t5);
                    t6 = TSimd.MultiplyAdd(i7, w1, t6);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    s4 = TSimd.MultiplyAdd(i6, w2, s4);
                    s5 = TSimd.MultiplyAdd(i7, w2, s5);
                    s6 = TSimd.MultiplyAdd(i8, w2, s6);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    t0 = TSimd.MultiplyAdd(i3, w3, t0);
                    t1 = TSimd.MultiplyAdd(i4, w3, t1);
                    t2 = TSimd.MultiplyAdd(i5, w3, t2);
                    t3 = TSimd.MultiplyAdd(i6, w3, t3);
                    t4 = TSimd.MultiplyAdd(i7, w3, t4);
                    t5 = TSimd.MultiplyAdd(i8, w3, t5);
                    t6 = TSimd.MultiplyAdd(i9, w3, t6);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i5, w4, s1);
                    s2 = TSimd.MultiplyAdd(i6, w4, s2);
                    s3 = TSimd.MultiplyAdd(i7, w4, s3);
                    s4 = TSimd.MultiplyAdd(i8, w4, s4);
                    s5 = TSimd.MultiplyAdd(i9, w4, s5);
                    s6 = TSimd.MultiplyAdd(i10, w4, s6);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e9 += step9;
                    e10 += step10;
                }
                while (--row > 0);

                s0 = TSimd.Add(s0, t0);
                s1 = TSimd.Add(s1, t1);
                s2 = TSimd.Add(s2, t2);
                s3 = TSimd.Add(s3, t3);
                s4 = TSimd.Add(s4, t4);
                s5 = TSimd.Add(s5, t5);
                s6 = TSimd.Add(s6, t6);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride1Block8(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        nint pixel11 = 11 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 1) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out10 = (call->Width - 1 - column - 10) >> 31;
            nint out11 = (call->Width - 1 - column - 11) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                TVector t0 = TSimd.Zero, t1 = TSimd.Zero, t2 = TSimd.Zero, t3 = TSimd.Zero, t4 = TSimd.Zero, t5 = TSimd.Zero, t6 = TSimd.Zero, t7 = TSimd.Zero;
                int top = call->Top + (y * 1);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e10 = input + pixel10;
                e10 = (float*)((nint)e10 + (((nint)call->Zeros - (nint)e10) & out10));
                nint step10 = rowStep & ~out10;
                float* e11 = input + pixel11;
                e11 = (float*)((nint)e11 + (((nint)call->Zeros - (nint)e11) & out11));
                nint step11 = rowStep & ~out11;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(input + pixel9);
                    TVector i10 = TSimd.Load(e10);
                    TVector i11 = TSimd.Load(e11);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i1, w0, s1);
                    s2 = TSimd.MultiplyAdd(i2, w0, s2);
                    s3 = TSimd.MultiplyAdd(i3, w0, s3);
                    s4 = TSimd.MultiplyAdd(i4, w0, s4);
                    s5 = TSimd.MultiplyAdd(i5, w0, s5);
                    s6 = TSimd.MultiplyAdd(i6, w0, s6);
                    s7 = TSimd.MultiplyAdd(i7, w0, s7);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    t0 = TSimd.MultiplyAdd(i1, w1, t0);
                    t1 = TSimd.MultiplyAdd(i2, w1, t1);
                    t2 = TSimd.MultiplyAdd(i3, w1, t2);
                    t3 = TSimd.MultiplyAdd(i4, w1, t3);
                    t4 = TSimd.MultiplyAdd(i5, w1, t4);
                    t5 = TSimd.MultiplyAdd(i6, w1, t5);
                    t6 = TSimd.MultiplyAdd(i7, w1, t6);
                    t7 = TSimd.MultiplyAdd(i8, w1, t7);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    s4 = TSimd.MultiplyAdd(i6, w2, s4);
                    s5 = TSimd.MultiplyAdd(i7, w2, s5);
                    s6 = TSimd.MultiplyAdd(i8, w2, s6);
                    s7 = TSimd.MultiplyAdd(i9, w2, s7);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    t0 = TSimd.MultiplyAdd(i3, w3, t0);
                    t1 = TSimd.MultiplyAdd(i4, w3, t1);
                    t2 = TSimd.MultiplyAdd(i5, w3, t2);
                    t3 = TSimd.MultiplyAdd(i6, w3, t3);
                    t4 = TSimd.MultiplyAdd(i7, w3, t4);
                    t5 = TSimd.MultiplyAdd(i8, w3, t5);
                    t6 = TSimd.MultiplyAdd(i9, w3, t6);
                    t7 = TSimd.MultiplyAdd(i10, w3, t7);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i5, w4, s1);
                    s2 = TSimd.MultiplyAdd(i6, w4, s2);
                    s3 = TSimd.MultiplyAdd(i7, w4, s3);
                    s4 = TSimd.MultiplyAdd(i8, w4, s4);
                    s5 = TSimd.MultiplyAdd(i9, w4, s5);
                    s6 = TSimd.MultiplyAdd(i10, w4, s6);
                    s7 = TSimd.MultiplyAdd(i11, w4, s7);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e10 += step10;
                    e11 += step11;
                }
                while (--row > 0);

                s0 = TSimd.Add(s0, t0);
                s1 = TSimd.Add(s1, t1);
                s2 = TSimd.Add(s2, t2);
                s3 = TSimd.Add(s3, t3);
                s4 = TSimd.Add(s4, t4);
                s5 = TSimd.Add(s5, t5);
                s6 = TSimd.Add(s6, t6);
                s7 = TSimd.Add(s7, t7);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                    s7 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7), slope0, TSimd.Max(TSimd.Zero, s7));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                    s7 = TSimd.Min(high, TSimd.Max(low, s7));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                    TSimd.Store(s7, output + (7 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s7, output + (7 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride2Block1(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out3 = (call->Width - 1 - column - 3) >> 31;
            nint out4 = (call->Width - 1 - column - 4) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e3 = input + pixel3;
                e3 = (float*)((nint)e3 + (((nint)call->Zeros - (nint)e3) & out3));
                nint step3 = rowStep & ~out3;
                float* e4 = input + pixel4;
                e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                nint step4 = rowStep & ~out4;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(e3);
                    TVector i4 = TSimd.Load(e4);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e3 += step3;
                    e4 += step4;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride2Block2(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out5 = (call->Width - 1 - column - 5) >> 31;
            nint out6 = (call->Width - 1 - column - 6) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e5 = input + pixel5;
                e5 = (float*)((nint)e5 + (((nint)call->Zeros - (nint)e5) & out5));
                nint step5 = rowStep & ~out5;
                float* e6 = input + pixel6;
                e6 = (float*)((nint)e6 + (((nint)call->Zeros - (nint)e6) & out6));
                nint step6 = rowStep & ~out6;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(e5);
                    TVector i6 = TSimd.Load(e6);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i5, w3, s1);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i6, w4, s1);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e5 += step5;
                    e6 += step6;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride2Block4(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out9 = (call->Width - 1 - column - 9) >> 31;
            nint out10 = (call->Width - 1 - column - 10) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e9 = input + pixel9;
                e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                nint step9 = rowStep & ~out9;
                float* e10 = input + pixel10;
                e10 = (float*)((nint)e10 + (((nint)call->Zeros - (nint)e10) & out10));
                nint step10 = rowStep & ~out10;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(e9);
                    TVector i10 = TSimd.Load(e10);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i5, w3, s1);
                    s2 = TSimd.MultiplyAdd(i7, w3, s2);
                    s3 = TSimd.MultiplyAdd(i9, w3, s3);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i6, w4, s1);
                    s2 = TSimd.MultiplyAdd(i8, w4, s2);
                    s3 = TSimd.MultiplyAdd(i10, w4, s3);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e9 += step9;
                    e10 += step10;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride2Block6(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        nint pixel11 = 11 * pixel;
        nint pixel12 = 12 * pixel;
        nint pixel13 = 13 * pixel;
        nint pixel14 = 14 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out13 = (call->Width - 1 - column - 13) >> 31;
            nint out14 = (call->Width - 1 - column - 14) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e13 = input + pixel13;
                e13 = (float*)((nint)e13 + (((nint)call->Zeros - (nint)e13) & out13));
                nint step13 = rowStep & ~out13;
                float* e14 = input + pixel14;
                e14 = (float*)((nint)e14 + (((nint)call->Zeros - (nint)e14) & out14));
                nint step14 = rowStep & ~out14;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(input + pixel9);
                    TVector i10 = TSimd.Load(input + pixel10);
                    TVector i11 = TSimd.Load(input + pixel11);
                    TVector i12 = TSimd.Load(input + pixel12);
                    TVector i13 = TSimd.Load(e13);
                    TVector i14 = TSimd.Load(e14);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    s4 = TSimd.MultiplyAdd(i8, w0, s4);
                    s5 = TSimd.MultiplyAdd(i10, w0, s5);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    s4 = TSimd.MultiplyAdd(i9, w1, s4);
                    s5 = TSimd.MultiplyAdd(i11, w1, s5);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    s4 = TSimd.MultiplyAdd(i10, w2, s4);
                    s5 = TSimd.MultiplyAdd(i12, w2, s5);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i5, w3, s1);
                    s2 = TSimd.MultiplyAdd(i7, w3, s2);
                    s3 = TSimd.MultiplyAdd(i9, w3, s3);
                    s4 = TSimd.MultiplyAdd(i11, w3, s4);
                    s5 = TSimd.MultiplyAdd(i13, w3, s5);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i6, w4, s1);
                    s2 = TSimd.MultiplyAdd(i8, w4, s2);
                    s3 = TSimd.MultiplyAdd(i10, w4, s3);
                    s4 = TSimd.MultiplyAdd(i12, w4, s4);
                    s5 = TSimd.MultiplyAdd(i14, w4, s5);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e13 += step13;
                    e14 += step14;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride2Block7(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        nint pixel11 = 11 * pixel;
        nint pixel12 = 12 * pixel;
        nint pixel13 = 13 * pixel;
        nint pixel14 = 14 * pixel;
        nint pixel15 = 15 * pixel;
        nint pixel16 = 16 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out15 = (call->Width - 1 - column - 15) >> 31;
            nint out16 = (call->Width - 1 - column - 16) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e15 = input + pixel15;
                e15 = (float*)((nint)e15 + (((nint)call->Zeros - (nint)e15) & out15));
                nint step15 = rowStep & ~out15;
                float* e16 = input + pixel16;
                e16 = (float*)((nint)e16 + (((nint)call->Zeros - (nint)e16) & out16));
                nint step16 = rowStep & ~out16;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(input + pixel9);
                    TVector i10 = TSimd.Load(input + pixel10);
                    TVector i11 = TSimd.Load(input + pixel11);
                    TVector i12 = TSimd.Load(input + pixel12);
                    TVector i13 = TSimd.Load(input + pixel13);
                    TVector i14 = TSimd.Load(input + pixel14);
                    TVector i15 = TSimd.Load(e15);
                    TVector i16 = TSimd.Load(e16);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    s4 = TSimd.MultiplyAdd(i8, w0, s4);
                    s5 = TSimd.MultiplyAdd(i10, w0, s5);
                    s6 = TSimd.MultiplyAdd(i12, w0, s6);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    s4 = TSimd.MultiplyAdd(i9, w1, s4);
                    s5 = TSimd.MultiplyAdd(i11, w1, s5);
                    s6 = TSimd.MultiplyAdd(i13, w1, s6);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    s4 = TSimd.MultiplyAdd(i10, w2, s4);
                    s5 = TSimd.MultiplyAdd(i12, w2, s5);
                    s6 = TSimd.MultiplyAdd(i14, w2, s6);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i5, w3, s1);
                    s2 = TSimd.MultiplyAdd(i7, w3, s2);
                    s3 = TSimd.MultiplyAdd(i9, w3, s3);
                    s4 = TSimd.MultiplyAdd(i11, w3, s4);
                    s5 = TSimd.MultiplyAdd(i13, w3, s5);
                    s6 = TSimd.MultiplyAdd(i15, w3, s6);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i6, w4, s1);
                    s2 = TSimd.MultiplyAdd(i8, w4, s2);
                    s3 = TSimd.MultiplyAdd(i10, w4, s3);
                    s4 = TSimd.MultiplyAdd(i12, w4, s4);
                    s5 = TSimd.MultiplyAdd(i14, w4, s5);
                    s6 = TSimd.MultiplyAdd(i16, w4, s6);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e15 += step15;
                    e16 += step16;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride2Block8(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        nint pixel7 = 7 * pixel;
        nint pixel8 = 8 * pixel;
        nint pixel9 = 9 * pixel;
        nint pixel10 = 10 * pixel;
        nint pixel11 = 11 * pixel;
        nint pixel12 = 12 * pixel;
        nint pixel13 = 13 * pixel;
        nint pixel14 = 14 * pixel;
        nint pixel15 = 15 * pixel;
        nint pixel16 = 16 * pixel;
        nint pixel17 = 17 * pixel;
        nint pixel18 = 18 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            rowInput -= call->Left * pixel;
            int column = (x * 2) - call->Left;
            nint out0 = (column + 0) >> 31;
            nint out1 = (column + 1) >> 31;
            nint out17 = (call->Width - 1 - column - 17) >> 31;
            nint out18 = (call->Width - 1 - column - 18) >> 31;
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                int top = call->Top + (y * 2);
                int firstRow = Math.Max(0, -top);
                int row = Math.Min(5, call->Height - top) - firstRow;
                nint rowStep = call->KernelRowStep;
                input += firstRow * rowStep;
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                nint step0 = rowStep & ~out0;
                float* e1 = input + pixel;
                e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                nint step1 = rowStep & ~out1;
                float* e17 = input + pixel17;
                e17 = (float*)((nint)e17 + (((nint)call->Zeros - (nint)e17) & out17));
                nint step17 = rowStep & ~out17;
                float* e18 = input + pixel18;
                e18 = (float*)((nint)e18 + (((nint)call->Zeros - (nint)e18) & out18));
                nint step18 = rowStep & ~out18;
                do
                {
                    TVector i0 = TSimd.Load(e0);
                    TVector i1 = TSimd.Load(e1);
                    TVector i2 = TSimd.Load(input + pixel2);
                    TVector i3 = TSimd.Load(input + pixel3);
                    TVector i4 = TSimd.Load(input + pixel4);
                    TVector i5 = TSimd.Load(input + pixel5);
                    TVector i6 = TSimd.Load(input + pixel6);
                    TVector i7 = TSimd.Load(input + pixel7);
                    TVector i8 = TSimd.Load(input + pixel8);
                    TVector i9 = TSimd.Load(input + pixel9);
                    TVector i10 = TSimd.Load(input + pixel10);
                    TVector i11 = TSimd.Load(input + pixel11);
                    TVector i12 = TSimd.Load(input + pixel12);
                    TVector i13 = TSimd.Load(input + pixel13);
                    TVector i14 = TSimd.Load(input + pixel14);
                    TVector i15 = TSimd.Load(input + pixel15);
                    TVector i16 = TSimd.Load(input + pixel16);
                    TVector i17 = TSimd.Load(e17);
                    TVector i18 = TSimd.Load(e18);
                    TVector w0 = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(i0, w0, s0);
                    s1 = TSimd.MultiplyAdd(i2, w0, s1);
                    s2 = TSimd.MultiplyAdd(i4, w0, s2);
                    s3 = TSimd.MultiplyAdd(i6, w0, s3);
                    s4 = TSimd.MultiplyAdd(i8, w0, s4);
                    s5 = TSimd.MultiplyAdd(i10, w0, s5);
                    s6 = TSimd.MultiplyAdd(i12, w0, s6);
                    s7 = TSimd.MultiplyAdd(i14, w0, s7);
                    TVector w1 = TSimd.Load(weights + TSimd.Width);
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i3, w1, s1);
                    s2 = TSimd.MultiplyAdd(i5, w1, s2);
                    s3 = TSimd.MultiplyAdd(i7, w1, s3);
                    s4 = TSimd.MultiplyAdd(i9, w1, s4);
                    s5 = TSimd.MultiplyAdd(i11, w1, s5);
                    s6 = TSimd.MultiplyAdd(i13, w1, s6);
                    s7 = TSimd.MultiplyAdd(i15, w1, s7);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i4, w2, s1);
                    s2 = TSimd.MultiplyAdd(i6, w2, s2);
                    s3 = TSimd.MultiplyAdd(i8, w2, s3);
                    s4 = TSimd.MultiplyAdd(i10, w2, s4);
                    s5 = TSimd.MultiplyAdd(i12, w2, s5);
                    s6 = TSimd.MultiplyAdd(i14, w2, s6);
                    s7 = TSimd.MultiplyAdd(i16, w2, s7);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i5, w3, s1);
                    s2 = TSimd.MultiplyAdd(i7, w3, s2);
                    s3 = TSimd.MultiplyAdd(i9, w3, s3);
                    s4 = TSimd.MultiplyAdd(i11, w3, s4);
                    s5 = TSimd.MultiplyAdd(i13, w3, s5);
                    s6 = TSimd.MultiplyAdd(i15, w3, s6);
                    s7 = TSimd.MultiplyAdd(i17, w3, s7);
                    TVector w4 = TSimd.Load(weights + (4 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i4, w4, s0);
                    s1 = TSimd.MultiplyAdd(i6, w4, s1);
                    s2 = TSimd.MultiplyAdd(i8, w4, s2);
                    s3 = TSimd.MultiplyAdd(i10, w4, s3);
                    s4 = TSimd.MultiplyAdd(i12, w4, s4);
                    s5 = TSimd.MultiplyAdd(i14, w4, s5);
                    s6 = TSimd.MultiplyAdd(i16, w4, s6);
                    s7 = TSimd.MultiplyAdd(i18, w4, s7);
                    weights += 5 * TSimd.Width;
                    input += rowStep;
                    e0 += step0;
                    e1 += step1;
                    e17 += step17;
                    e18 += step18;
                }
                while (--row > 0);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                    s7 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7), slope0, TSimd.Max(TSimd.Zero, s7));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                    s7 = TSimd.Min(high, TSimd.Max(low, s7));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                    TSimd.Store(s7, output + (7 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s7, output + (7 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps1(WindowCall* call)
    {
        nint pixel = call->InputStep * call->Stride;
        int* lastOffset = call->Offsets + call->Taps;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias;
                int* offset = call->Offsets;
                do
                {
                    float* at = input + *offset;
                    TVector w = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(TSimd.Load(at), w, s0);
                    weights += TSimd.Width;
                    offset++;
                }
                while (offset < lastOffset);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps4(WindowCall* call)
    {
        nint pixel = call->InputStep * call->Stride;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        int* lastOffset = call->Offsets + call->Taps;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                int* offset = call->Offsets;
                do
                {
                    float* at = input + *offset;
                    TVector w = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(TSimd.Load(at), w, s0);
                    s1 = TSimd.MultiplyAdd(TSimd.Load(at + pixel), w, s1);
                    s2 = TSimd.MultiplyAdd(TSimd.Load(at + pixel2), w, s2);
                    s3 = TSimd.MultiplyAdd(TSimd.Load(at + pixel3), w, s3);
                    weights += TSimd.Width;
                    offset++;
                }
                while (offset < lastOffset);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
        }
        while (x < call->Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps7(WindowCall* call)
    {
        nint pixel = call->InputStep * call->Stride;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        nint pixel5 = 5 * pixel;
        nint pixel6 = 6 * pixel;
        int* lastOffset = call->Offsets + call->Taps;
        TVector bias = TSimd.Load(call->Bias);
        int x = 0;
        do
        {
            // All rows of a block of columns: what two rows share is still in the first-level cache.
            float* rowInput = call->Input + (x * call->InputStep * call->Stride);
            float* output = call->Output + (x * call->OutputStep);
            float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);
            for (int y = 0; y < call->Rows; y++)
            {
                float* input = rowInput;
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                int* offset = call->Offsets;
                do
                {
                    float* at = input + *offset;
                    TVector w = TSimd.Load(weights);
                    s0 = TSimd.MultiplyAdd(TSimd.Load(at), w, s0);
                    s1 = TSimd.MultiplyAdd(TSimd.Load(at + pixel), w, s1);
                    s2 = TSimd.MultiplyAdd(TSimd.Load(at + pixel2), w, s2);
                    s3 = TSimd.MultiplyAdd(TSimd.Load(at + pixel3), w, s3);
                    s4 = TSimd.MultiplyAdd(TSimd.Load(at + pixel4), w, s4);
                    s5 = TSimd.MultiplyAdd(TSimd.Load(at + pixel5), w, s5);
                    s6 = TSimd.MultiplyAdd(TSimd.Load(at + pixel6), w, s6);
                    weights += TSimd.Width;
                    offset++;
                }
                while (offset < lastOffset);

                if (residual != null)
                {
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));

                    residual += call->ResidualRowStep;
                }

                if (call->Slope != null)
                {
                    TVector slope0 = TSimd.Load(call->Slope);
                    s0 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0), slope0, TSimd.Max(TSimd.Zero, s0));
                    s1 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1), slope0, TSimd.Max(TSimd.Zero, s1));
                    s2 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2), slope0, TSimd.Max(TSimd.Zero, s2));
                    s3 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3), slope0, TSimd.Max(TSimd.Zero, s3));
                    s4 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4), slope0, TSimd.Max(TSimd.Zero, s4));
                    s5 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5), slope0, TSimd.Max(TSimd.Zero, s5));
                    s6 = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6), slope0, TSimd.Max(TSimd.Zero, s6));
                }
                else
                {
                    TVector low = TSimd.Broadcast(call->Low);
                    TVector high = TSimd.Broadcast(call->High);
                    s0 = TSimd.Min(high, TSimd.Max(low, s0));
                    s1 = TSimd.Min(high, TSimd.Max(low, s1));
                    s2 = TSimd.Min(high, TSimd.Max(low, s2));
                    s3 = TSimd.Min(high, TSimd.Max(low, s3));
                    s4 = TSimd.Min(high, TSimd.Max(low, s4));
                    s5 = TSimd.Min(high, TSimd.Max(low, s5));
                    s6 = TSimd.Min(high, TSimd.Max(low, s6));
                }

                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                    TSimd.Store(s1, output + (1 * call->OutputStep));
                    TSimd.Store(s2, output + (2 * call->OutputStep));
                    TSimd.Store(s3, output + (3 * call->OutputStep));
                    TSimd.Store(s4, output + (4 * call->OutputStep));
                    TSimd.Store(s5, output + (5 * call->OutputStep));
                    TSimd.Store(s6, output + (6 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s1, output + (1 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s2, output + (2 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s3, output + (3 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s4, output + (4 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s5, output + (5 * call->OutputStep), call->Channels);
                    TSimd.StorePartial(s6, output + (6 * call->OutputStep), call->Channels);
                }

                rowInput += call->InputRowStep;
                output += call->OutputRowStep;
            }

            // The last block of a row may overlap the one before it.
            x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
        }
        while (x < call->Columns);
    }
}
