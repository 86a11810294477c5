namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Read in place by the warps.</summary>
internal sealed class ImageInput : CpuOp<ImageInputOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ImageInputOp op) => null;
}
