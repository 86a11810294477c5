using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Packs keys and values as weights, then multiplies queries by both, softmax between.</summary>
internal sealed class Attention : CpuOp<AttentionOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, AttentionOp op)
    {
        View q = plan.Operand(node, 0), k = plan.Operand(node, 1), v = plan.Operand(node, 2), output = plan.Allocate(node);
        var layout = new AttentionLayout(op.Heads, k.Width, k.Channels / op.Heads, TSimd.Width);
        View packed = Layout.Fresh(new Shape(checked((int)(k.Images * layout.ImageFloats))));
        plan.Emit(node, new AttentionPackStep<TSimd, TVector>(layout, k, v, packed), packed, k, v);
        var shape = new TileShape(TSimd.Registers == 32 ? 12 : 6, layout.PanelVectors);
        int count = Math.Min(q.Width, 2 * shape.Pixels), last = ((q.Width - 1) % count) + 1;
        MatrixRows Rows(int rows, int inputStride, int outputStride) => MatrixRows.Of(plan.Constants, rows, inputStride, outputStride, shape);
        var rows = new AttentionRows(
            count,
            Rows(count, q.PixelStride, layout.PaddedKeys),
            Rows(count, layout.PaddedKeys, output.PixelStride),
            Rows(last, q.PixelStride, layout.PaddedKeys),
            Rows(last, layout.PaddedKeys, output.PixelStride));
        plan.Emit(node, new AttentionStep<TSimd, TVector>(layout, rows, shape, op.Scale, q, packed, output), output, q, packed);
        return output;
    }
}
