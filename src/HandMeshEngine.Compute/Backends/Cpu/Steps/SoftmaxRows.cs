namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

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
