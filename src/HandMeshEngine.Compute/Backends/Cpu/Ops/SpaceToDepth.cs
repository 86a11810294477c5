namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>A 1x1 convolution that is the only reader reads the 2x2 blocks itself.</summary>
internal sealed class SpaceToDepth : CpuOp<SpaceToDepthOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SpaceToDepthOp op)
    {
        if (plan.SoleReader(node) is { Op: Conv2dOp } conv && Conv2d.ReadsBlocks(plan, conv, node))
        {
            return null;
        }

        // Channel 4 c + 2 (row parity) + (column parity): four copies, one for each parity, with a channel stride of 4.
        View input = plan.Operand(node, 0), output = plan.Allocate(node);
        for (int parity = 0; parity < 4; parity++)
        {
            View from = input.Part(2, parity / 2, output.Height).Part(3, parity % 2, output.Width);
            View to = output.Part(1, parity, input.Channels);
            long[] fromStrides = [input.ImageStride, 2L * input.RowStride, 2L * input.PixelStride, 1];
            long[] toStrides = [output.ImageStride, output.RowStride, output.PixelStride, 4];
            plan.Emit(
                node, ElementStep<TSimd, TVector>.Copy(new Strided(from, fromStrides), new Strided(to, toStrides), to.OrderedExtents, plan.Threads), output, input);
        }

        return output;
    }
}
