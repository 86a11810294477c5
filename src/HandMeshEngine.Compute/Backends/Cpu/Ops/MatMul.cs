using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class MatMul : CpuOp<MatMulOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, MatMulOp op)
    {
        View a = plan.Operand(node, 0), b = plan.Operand(node, 1), output = plan.Allocate(node);
        TileShape shape = TileShape.Choose<TSimd, TVector>(output.Width, output.Channels, a.Channels);
        MatrixRows rows = MatrixRows.Of(plan.Constants, output.Width, a.PixelStride, output.PixelStride, shape);
        plan.Emit(node, new MatMulStep<TSimd, TVector>(a, b, output, shape, rows), output, a, b);
        return output;
    }
}
