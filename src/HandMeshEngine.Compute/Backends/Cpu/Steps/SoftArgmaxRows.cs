namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

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
