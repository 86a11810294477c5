using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class SoftArgmax : CpuOp<SoftArgmaxOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SoftArgmaxOp op)
    {
        // [N, V, B] -> [N, V]: one number for each row of the input, which must then lie in the order of the output's elements.
        Area output = plan.Allocate(node);
        Area input = plan.Operand(node, 0);
        int perImage = output.Channels;
        Area ones = input.Images * input.Width == output.Count && input.Images > 1
            ? output with { Images = input.Images, Width = perImage, Channels = 1, ImageStride = output.PixelStride, PixelStride = 1 }
            : output with { Width = output.Count, Channels = 1, PixelStride = 1 };
        plan.Emit(node, new RowStep(op.Kind, new SoftArgmaxRows<TSimd, TVector>(), input, ones, plan.Threads), output, input);
        return output;
    }
}
