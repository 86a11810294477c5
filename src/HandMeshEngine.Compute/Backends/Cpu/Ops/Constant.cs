namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Copied to the constants of the plan by the first op that reads it as a value.</summary>
internal sealed class Constant : CpuOp<ConstantOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ConstantOp op) => null;
}
