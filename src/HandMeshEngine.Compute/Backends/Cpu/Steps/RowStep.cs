using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>What is done to each row on its own.</summary>
internal abstract unsafe class RowKernel
{
    /// <summary>Writes the result of one row of <paramref name="count"/> floats.</summary>
    public abstract void Run(float* from, int count, float* to, float* scratch);
}

/// <summary>Applies a <see cref="RowKernel"/> to every row of a value.</summary>
internal sealed unsafe class RowStep(string name, RowKernel kernel, Area input, Area output, int threads) : Step
{
    private const int TileWork = 8 * 1024;

    private readonly int _cuts = RowCuts.Count(input.Pixels, input.Channels, TileWork, threads);

    public override int Tiles => _cuts;

    public override int ScratchFloats => input.Channels;

    public override string Describe() => $"{name} {input} -> {output}";

    protected override void Compute(int tile, float* scratch)
    {
        (int first, int last) = RowCuts.Range(input.Pixels, _cuts, tile);
        for (int i = first; i < last; i++)
        {
            (int n, int p) = Math.DivRem(i, input.Width);
            (int outputN, int outputP) = Math.DivRem(i, output.Width);
            kernel.Run(
                input.Data + ((long)n * input.ImageStride) + ((long)p * input.PixelStride),
                input.Channels,
                output.Data + ((long)outputN * output.ImageStride) + ((long)outputP * output.PixelStride),
                scratch);
        }
    }
}

/// <summary>Layer normalisation.</summary>
internal sealed unsafe class LayerNormRows<TSimd, TVector>(float epsilon, float* gain, float* bias) : RowKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(float* from, int count, float* to, float* scratch)
    {
        TVector sums = TSimd.Zero;
        for (int i = 0; i < count; i += TSimd.Width)
        {
            sums = TSimd.Add(sums, Lanes<TSimd, TVector>.Load(from + i, count - i));
        }

        float mean = TSimd.Sum(sums) / count;
        TVector centre = TSimd.Broadcast(mean);
        int whole = count / TSimd.Width * TSimd.Width;
        sums = TSimd.Zero;
        for (int i = 0; i < whole; i += TSimd.Width)
        {
            TVector distance = TSimd.Subtract(TSimd.Load(from + i), centre);
            sums = TSimd.MultiplyAdd(distance, distance, sums);
        }

        float variance = TSimd.Sum(sums);
        for (int i = whole; i < count; i++)
        {
            variance += (from[i] - mean) * (from[i] - mean);
        }

        TVector factor = TSimd.Broadcast((float)(1 / Math.Sqrt((variance / count) + epsilon)));
        for (int i = 0; i < count; i += TSimd.Width)
        {
            int left = count - i;
            TVector value = TSimd.Multiply(TSimd.Subtract(Lanes<TSimd, TVector>.Load(from + i, left), centre), factor);
            value = TSimd.MultiplyAdd(value, Lanes<TSimd, TVector>.Load(gain + i, left), Lanes<TSimd, TVector>.Load(bias + i, left));
            Lanes<TSimd, TVector>.Store(value, to + i, left);
        }
    }
}

/// <summary>Softmax.</summary>
internal sealed unsafe class SoftmaxRows<TSimd, TVector> : RowKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    public override void Run(float* from, int count, float* to, float* scratch)
    {
        RunCopy.Copy<TSimd, TVector>(from, to, count);
        SoftmaxKernel.Run<TSimd, TVector>(to, count, 1);
    }
}

/// <summary>The expected index under a softmax.</summary>
internal sealed unsafe class SoftArgmaxRows<TSimd, TVector> : RowKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    public override void Run(float* from, int count, float* to, float* scratch)
    {
        RunCopy.Copy<TSimd, TVector>(from, scratch, count);
        SoftmaxKernel.Run<TSimd, TVector>(scratch, count, 1);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += i * (double)scratch[i];
        }

        *to = (float)sum;
    }
}

/// <summary>Centres of adaptive bins.</summary>
internal sealed unsafe class BinCentersRows(float epsilon, Area range) : RowKernel
{
    public override void Run(float* from, int count, float* to, float* scratch)
    {
        double low = range.Data[0], high = range.Data[1];
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            total += Math.Max(from[i], 0) + (double)epsilon;
        }

        double edge = 0;
        for (int i = 0; i < count; i++)
        {
            double width = (Math.Max(from[i], 0) + (double)epsilon) / total;
            to[i] = (float)(low + ((high - low) * ((width / 2) + edge)));
            edge += width;
        }
    }
}
