using HandMeshEngine.Compute.Backends.Cpu.Warp;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Reads the pixels of the caller where they lie, or the map of an earlier warp.</summary>
internal sealed unsafe class WarpNormalize : CpuOp<WarpNormalizeOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, WarpNormalizeOp op)
    {
        View? map = plan.Producer(node, 0).Op is ImageInputOp ? null : plan.Operand(node, 0);
        CpuBuffer matrices = plan.Producer(node, 1).Op is ConstantOp constant
            ? new CpuBuffer((float*)plan.Constants.Doubles(constant.Tensor.Span<double>()), 2L * constant.Tensor.Shape.Count)
            : plan.InputBuffer(node.Inputs[1]);
        View output = plan.Allocate(node);
        plan.Emit(node, new WarpNormalizeStep(op, plan.Image, map, matrices, output, plan.Threads), output, map is null ? [] : [map]);
        plan.TouchByLastStep(matrices);
        return output;
    }
}
