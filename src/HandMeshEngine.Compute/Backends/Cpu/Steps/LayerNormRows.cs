namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

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
