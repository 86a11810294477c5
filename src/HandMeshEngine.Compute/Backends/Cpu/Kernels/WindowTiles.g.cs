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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e2 = input + pixel2;
                nint step0 = rowStep, step2 = rowStep;
                if (column < 0 || column + 3 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out2 = (call->Width - 1 - column - 2) >> 31;
                    e2 = (float*)((nint)e2 + (((nint)call->Zeros - (nint)e2) & out2));
                    step2 &= ~out2;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                // The last block of a row may overlap the one before it.
                x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride1Block2(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e3 = input + pixel3;
                nint step0 = rowStep, step3 = rowStep;
                if (column < 0 || column + 4 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out3 = (call->Width - 1 - column - 3) >> 31;
                    e3 = (float*)((nint)e3 + (((nint)call->Zeros - (nint)e3) & out3));
                    step3 &= ~out3;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e5 = input + pixel5;
                nint step0 = rowStep, step5 = rowStep;
                if (column < 0 || column + 6 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out5 = (call->Width - 1 - column - 5) >> 31;
                    e5 = (float*)((nint)e5 + (((nint)call->Zeros - (nint)e5) & out5));
                    step5 &= ~out5;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e7 = input + pixel7;
                nint step0 = rowStep, step7 = rowStep;
                if (column < 0 || column + 8 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out7 = (call->Width - 1 - column - 7) >> 31;
                    e7 = (float*)((nint)e7 + (((nint)call->Zeros - (nint)e7) & out7));
                    step7 &= ~out7;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e8 = input + pixel8;
                nint step0 = rowStep, step8 = rowStep;
                if (column < 0 || column + 9 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out8 = (call->Width - 1 - column - 8) >> 31;
                    e8 = (float*)((nint)e8 + (((nint)call->Zeros - (nint)e8) & out8));
                    step8 &= ~out8;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e9 = input + pixel9;
                nint step0 = rowStep, step9 = rowStep;
                if (column < 0 || column + 10 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out9 = (call->Width - 1 - column - 9) >> 31;
                    e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                    step9 &= ~out9;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block1(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e2 = input + pixel2;
                nint step0 = rowStep, step2 = rowStep;
                if (column < 0 || column + 3 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out2 = (call->Width - 1 - column - 2) >> 31;
                    e2 = (float*)((nint)e2 + (((nint)call->Zeros - (nint)e2) & out2));
                    step2 &= ~out2;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                // The last block of a row may overlap the one before it.
                x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window3Stride2Block2(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e4 = input + pixel4;
                nint step0 = rowStep, step4 = rowStep;
                if (column < 0 || column + 5 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out4 = (call->Width - 1 - column - 4) >> 31;
                    e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                    step4 &= ~out4;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e8 = input + pixel8;
                nint step0 = rowStep, step8 = rowStep;
                if (column < 0 || column + 9 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out8 = (call->Width - 1 - column - 8) >> 31;
                    e8 = (float*)((nint)e8 + (((nint)call->Zeros - (nint)e8) & out8));
                    step8 &= ~out8;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e12 = input + pixel12;
                nint step0 = rowStep, step12 = rowStep;
                if (column < 0 || column + 13 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out12 = (call->Width - 1 - column - 12) >> 31;
                    e12 = (float*)((nint)e12 + (((nint)call->Zeros - (nint)e12) & out12));
                    step12 &= ~out12;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e14 = input + pixel14;
                nint step0 = rowStep, step14 = rowStep;
                if (column < 0 || column + 15 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out14 = (call->Width - 1 - column - 14) >> 31;
                    e14 = (float*)((nint)e14 + (((nint)call->Zeros - (nint)e14) & out14));
                    step14 &= ~out14;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(3, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 3 * TSimd.Width;
                float* e0 = input;
                float* e16 = input + pixel16;
                nint step0 = rowStep, step16 = rowStep;
                if (column < 0 || column + 17 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out16 = (call->Width - 1 - column - 16) >> 31;
                    e16 = (float*)((nint)e16 + (((nint)call->Zeros - (nint)e16) & out16));
                    step16 &= ~out16;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride1Block1(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e3 = input + pixel3;
                float* e4 = input + pixel4;
                nint step0 = rowStep, step1 = rowStep, step3 = rowStep, step4 = rowStep;
                if (column < 0 || column + 5 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out3 = (call->Width - 1 - column - 3) >> 31;
                    e3 = (float*)((nint)e3 + (((nint)call->Zeros - (nint)e3) & out3));
                    step3 &= ~out3;
                    nint out4 = (call->Width - 1 - column - 4) >> 31;
                    e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                    step4 &= ~out4;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                // The last block of a row may overlap the one before it.
                x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e4 = input + pixel4;
                float* e5 = input + pixel5;
                nint step0 = rowStep, step1 = rowStep, step4 = rowStep, step5 = rowStep;
                if (column < 0 || column + 6 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out4 = (call->Width - 1 - column - 4) >> 31;
                    e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                    step4 &= ~out4;
                    nint out5 = (call->Width - 1 - column - 5) >> 31;
                    e5 = (float*)((nint)e5 + (((nint)call->Zeros - (nint)e5) & out5));
                    step5 &= ~out5;
                }

                int row = rows;
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
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i2, w1, s1);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i4, w3, s1);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e6 = input + pixel6;
                float* e7 = input + pixel7;
                nint step0 = rowStep, step1 = rowStep, step6 = rowStep, step7 = rowStep;
                if (column < 0 || column + 8 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out6 = (call->Width - 1 - column - 6) >> 31;
                    e6 = (float*)((nint)e6 + (((nint)call->Zeros - (nint)e6) & out6));
                    step6 &= ~out6;
                    nint out7 = (call->Width - 1 - column - 7) >> 31;
                    e7 = (float*)((nint)e7 + (((nint)call->Zeros - (nint)e7) & out7));
                    step7 &= ~out7;
                }

                int row = rows;
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
                    s0 = TSimd.MultiplyAdd(i1, w1, s0);
                    s1 = TSimd.MultiplyAdd(i2, w1, s1);
                    s2 = TSimd.MultiplyAdd(i3, w1, s2);
                    s3 = TSimd.MultiplyAdd(i4, w1, s3);
                    TVector w2 = TSimd.Load(weights + (2 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i2, w2, s0);
                    s1 = TSimd.MultiplyAdd(i3, w2, s1);
                    s2 = TSimd.MultiplyAdd(i4, w2, s2);
                    s3 = TSimd.MultiplyAdd(i5, w2, s3);
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i4, w3, s1);
                    s2 = TSimd.MultiplyAdd(i5, w3, s2);
                    s3 = TSimd.MultiplyAdd(i6, w3, s3);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e8 = input + pixel8;
                float* e9 = input + pixel9;
                nint step0 = rowStep, step1 = rowStep, step8 = rowStep, step9 = rowStep;
                if (column < 0 || column + 10 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out8 = (call->Width - 1 - column - 8) >> 31;
                    e8 = (float*)((nint)e8 + (((nint)call->Zeros - (nint)e8) & out8));
                    step8 &= ~out8;
                    nint out9 = (call->Width - 1 - column - 9) >> 31;
                    e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                    step9 &= ~out9;
                }

                int row = rows;
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
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i4, w3, s1);
                    s2 = TSimd.MultiplyAdd(i5, w3, s2);
                    s3 = TSimd.MultiplyAdd(i6, w3, s3);
                    s4 = TSimd.MultiplyAdd(i7, w3, s4);
                    s5 = TSimd.MultiplyAdd(i8, w3, s5);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e9 = input + pixel9;
                float* e10 = input + pixel10;
                nint step0 = rowStep, step1 = rowStep, step9 = rowStep, step10 = rowStep;
                if (column < 0 || column + 11 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out9 = (call->Width - 1 - column - 9) >> 31;
                    e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                    step9 &= ~out9;
                    nint out10 = (call->Width - 1 - column - 10) >> 31;
                    e10 = (float*)((nint)e10 + (((nint)call->Zeros - (nint)e10) & out10));
                    step10 &= ~out10;
                }

                int row = rows;
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
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i4, w3, s1);
                    s2 = TSimd.MultiplyAdd(i5, w3, s2);
                    s3 = TSimd.MultiplyAdd(i6, w3, s3);
                    s4 = TSimd.MultiplyAdd(i7, w3, s4);
                    s5 = TSimd.MultiplyAdd(i8, w3, s5);
                    s6 = TSimd.MultiplyAdd(i9, w3, s6);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 1) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e10 = input + pixel10;
                float* e11 = input + pixel11;
                nint step0 = rowStep, step1 = rowStep, step10 = rowStep, step11 = rowStep;
                if (column < 0 || column + 12 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out10 = (call->Width - 1 - column - 10) >> 31;
                    e10 = (float*)((nint)e10 + (((nint)call->Zeros - (nint)e10) & out10));
                    step10 &= ~out10;
                    nint out11 = (call->Width - 1 - column - 11) >> 31;
                    e11 = (float*)((nint)e11 + (((nint)call->Zeros - (nint)e11) & out11));
                    step11 &= ~out11;
                }

                int row = rows;
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
                    TVector w3 = TSimd.Load(weights + (3 * TSimd.Width));
                    s0 = TSimd.MultiplyAdd(i3, w3, s0);
                    s1 = TSimd.MultiplyAdd(i4, w3, s1);
                    s2 = TSimd.MultiplyAdd(i5, w3, s2);
                    s3 = TSimd.MultiplyAdd(i6, w3, s3);
                    s4 = TSimd.MultiplyAdd(i7, w3, s4);
                    s5 = TSimd.MultiplyAdd(i8, w3, s5);
                    s6 = TSimd.MultiplyAdd(i9, w3, s6);
                    s7 = TSimd.MultiplyAdd(i10, w3, s7);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Window5Stride2Block1(WindowCall* call)
    {
        nint pixel = call->InputStep;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        nint pixel4 = 4 * pixel;
        TVector bias = TSimd.Load(call->Bias);
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e3 = input + pixel3;
                float* e4 = input + pixel4;
                nint step0 = rowStep, step1 = rowStep, step3 = rowStep, step4 = rowStep;
                if (column < 0 || column + 5 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out3 = (call->Width - 1 - column - 3) >> 31;
                    e3 = (float*)((nint)e3 + (((nint)call->Zeros - (nint)e3) & out3));
                    step3 &= ~out3;
                    nint out4 = (call->Width - 1 - column - 4) >> 31;
                    e4 = (float*)((nint)e4 + (((nint)call->Zeros - (nint)e4) & out4));
                    step4 &= ~out4;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                // The last block of a row may overlap the one before it.
                x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e5 = input + pixel5;
                float* e6 = input + pixel6;
                nint step0 = rowStep, step1 = rowStep, step5 = rowStep, step6 = rowStep;
                if (column < 0 || column + 7 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out5 = (call->Width - 1 - column - 5) >> 31;
                    e5 = (float*)((nint)e5 + (((nint)call->Zeros - (nint)e5) & out5));
                    step5 &= ~out5;
                    nint out6 = (call->Width - 1 - column - 6) >> 31;
                    e6 = (float*)((nint)e6 + (((nint)call->Zeros - (nint)e6) & out6));
                    step6 &= ~out6;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 2 < call->Columns ? Math.Min(x + 2, call->Columns - 2) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e9 = input + pixel9;
                float* e10 = input + pixel10;
                nint step0 = rowStep, step1 = rowStep, step9 = rowStep, step10 = rowStep;
                if (column < 0 || column + 11 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out9 = (call->Width - 1 - column - 9) >> 31;
                    e9 = (float*)((nint)e9 + (((nint)call->Zeros - (nint)e9) & out9));
                    step9 &= ~out9;
                    nint out10 = (call->Width - 1 - column - 10) >> 31;
                    e10 = (float*)((nint)e10 + (((nint)call->Zeros - (nint)e10) & out10));
                    step10 &= ~out10;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e13 = input + pixel13;
                float* e14 = input + pixel14;
                nint step0 = rowStep, step1 = rowStep, step13 = rowStep, step14 = rowStep;
                if (column < 0 || column + 15 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out13 = (call->Width - 1 - column - 13) >> 31;
                    e13 = (float*)((nint)e13 + (((nint)call->Zeros - (nint)e13) & out13));
                    step13 &= ~out13;
                    nint out14 = (call->Width - 1 - column - 14) >> 31;
                    e14 = (float*)((nint)e14 + (((nint)call->Zeros - (nint)e14) & out14));
                    step14 &= ~out14;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 6 < call->Columns ? Math.Min(x + 6, call->Columns - 6) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e15 = input + pixel15;
                float* e16 = input + pixel16;
                nint step0 = rowStep, step1 = rowStep, step15 = rowStep, step16 = rowStep;
                if (column < 0 || column + 17 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out15 = (call->Width - 1 - column - 15) >> 31;
                    e15 = (float*)((nint)e15 + (((nint)call->Zeros - (nint)e15) & out15));
                    step15 &= ~out15;
                    nint out16 = (call->Width - 1 - column - 16) >> 31;
                    e16 = (float*)((nint)e16 + (((nint)call->Zeros - (nint)e16) & out16));
                    step16 &= ~out16;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int top = call->Top + (y * (int)call->Stride);
            int firstRow = Math.Max(0, -top);
            int rows = Math.Min(5, call->Height - top) - firstRow;
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
                float* weights = call->Weights;
                TVector s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
                nint rowStep = call->KernelRowStep;
                int column = (x * 2) - call->Left;
                input += (firstRow * rowStep) - (call->Left * pixel);
                weights += firstRow * 5 * TSimd.Width;
                float* e0 = input;
                float* e1 = input + pixel;
                float* e17 = input + pixel17;
                float* e18 = input + pixel18;
                nint step0 = rowStep, step1 = rowStep, step17 = rowStep, step18 = rowStep;
                if (column < 0 || column + 19 > call->Width)
                {
                    // All bits set where a column is outside: a branch for each would often be guessed wrong.
                    nint out0 = (column + 0) >> 31;
                    e0 = (float*)((nint)e0 + (((nint)call->Zeros - (nint)e0) & out0));
                    step0 &= ~out0;
                    nint out1 = (column + 1) >> 31;
                    e1 = (float*)((nint)e1 + (((nint)call->Zeros - (nint)e1) & out1));
                    step1 &= ~out1;
                    nint out17 = (call->Width - 1 - column - 17) >> 31;
                    e17 = (float*)((nint)e17 + (((nint)call->Zeros - (nint)e17) & out17));
                    step17 &= ~out17;
                    nint out18 = (call->Width - 1 - column - 18) >> 31;
                    e18 = (float*)((nint)e18 + (((nint)call->Zeros - (nint)e18) & out18));
                    step18 &= ~out18;
                }

                int row = rows;
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
                    s7 = TSimd.Add(s7, TSimd.Load(residual + (7 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 8 < call->Columns ? Math.Min(x + 8, call->Columns - 8) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps1(WindowCall* call)
    {
        nint pixel = call->InputStep * call->Stride;
        int* lastOffset = call->Offsets + call->Taps;
        TVector bias = TSimd.Load(call->Bias);
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
                if (call->Channels == TSimd.Width)
                {
                    TSimd.Store(s0, output + (0 * call->OutputStep));
                }
                else
                {
                    TSimd.StorePartial(s0, output + (0 * call->OutputStep), call->Channels);
                }

                // The last block of a row may overlap the one before it.
                x = x + 1 < call->Columns ? Math.Min(x + 1, call->Columns - 1) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps4(WindowCall* call)
    {
        nint pixel = call->InputStep * call->Stride;
        nint pixel2 = 2 * pixel;
        nint pixel3 = 3 * pixel;
        int* lastOffset = call->Offsets + call->Taps;
        TVector bias = TSimd.Load(call->Bias);
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 4 < call->Columns ? Math.Min(x + 4, call->Columns - 4) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
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
        float* rowInput = call->Input;
        float* rowOutput = call->Output;
        float* rowResidual = call->Residual;
        for (int y = 0; y < call->Rows; y++)
        {
            int x = 0;
            do
            {
                float* input = rowInput + (x * call->InputStep * call->Stride);
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

                if (rowResidual != null)
                {
                    float* residual = rowResidual + (x * call->ResidualStep);
                    s0 = TSimd.Add(s0, TSimd.Load(residual + (0 * call->ResidualStep)));
                    s1 = TSimd.Add(s1, TSimd.Load(residual + (1 * call->ResidualStep)));
                    s2 = TSimd.Add(s2, TSimd.Load(residual + (2 * call->ResidualStep)));
                    s3 = TSimd.Add(s3, TSimd.Load(residual + (3 * call->ResidualStep)));
                    s4 = TSimd.Add(s4, TSimd.Load(residual + (4 * call->ResidualStep)));
                    s5 = TSimd.Add(s5, TSimd.Load(residual + (5 * call->ResidualStep)));
                    s6 = TSimd.Add(s6, TSimd.Load(residual + (6 * call->ResidualStep)));
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

                float* output = rowOutput + (x * call->OutputStep);
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

                // The last block of a row may overlap the one before it.
                x = x + 7 < call->Columns ? Math.Min(x + 7, call->Columns - 7) : call->Columns;
            }
            while (x < call->Columns);

            rowInput += call->InputRowStep;
            rowOutput += call->OutputRowStep;
            rowResidual = rowResidual == null ? null : rowResidual + call->ResidualRowStep;
        }
    }
}
