using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/attention.cu.</summary>
internal sealed class Attention : CudaOp<AttentionOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, AttentionOp op)
    {
        View q = context.Views.MatrixOf(node, 0), k = context.Views.MatrixOf(node, 1), v = context.Views.MatrixOf(node, 2), to = context.Views.Allocate(node);
        int queries = q.Shape[1], keys = k.Shape[1], head = q.Channels / op.Heads;
        LaunchStep step = new LaunchStep(node, "attention", "attention", to)
            .Define("IMAGES", q.Shape[0]).Define("QUERIES", queries).Define("KEYS", keys).Define("HEADS", op.Heads).Define("HEAD", head)
            .Define("SCALE", op.Scale).Define("Q_PITCH", q.Pitch).Define("K_PITCH", k.Pitch).Define("V_PITCH", v.Pitch)
            .Define("KEY_RUN", Math.Min(k.Run, head & -head))
            .Define("OUT_PITCH", to.Pitch).Define("STORED", to.Stored)
            .Define("Q_TYPE", q.TypeName).Define("K_TYPE", k.TypeName).Define("V_TYPE", v.TypeName)
            .Take(q.Pointer, k.Pointer, v.Pointer, to.Target);
        step.Shape = new LaunchShape(Layout.Ceiling(queries, 4), op.Heads, q.Shape[0], 128, 1, 1, 4 * 4 * (Layout.Ceiling(keys, 4) + Layout.Ceiling(head, 4)) * sizeof(float));
        step.Detail = $"{q.Shape} keys {keys} heads {op.Heads}";
        context.Emit(step, Layout.BytesOf(q, k, v, to));
    }
}
