using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/attention.cu.</content>
internal sealed partial class CudaLowering
{
    private void Attention(Node node, AttentionOp op)
    {
        View q = Rows(node, 0), k = Rows(node, 1), v = Rows(node, 2), to = Allocate(node);
        int queries = q.Shape[1], keys = k.Shape[1], head = q.Channels / op.Heads;
        LaunchStep step = Launch(node, "attention", "attention", to)
            .Define("IMAGES", q.Shape[0]).Define("QUERIES", queries).Define("KEYS", keys).Define("HEADS", op.Heads).Define("HEAD", head)
            .Define("SCALE", op.Scale).Define("Q_PITCH", q.Pitch).Define("K_PITCH", k.Pitch).Define("V_PITCH", v.Pitch)
            .Define("KEY_RUN", Math.Min(k.Run, head & -head))
            .Define("OUT_PITCH", to.Pitch).Define("STORED", to.Stored)
            .Define("Q_TYPE", q.TypeName).Define("K_TYPE", k.TypeName).Define("V_TYPE", v.TypeName)
            .Take(q.Pointer, k.Pointer, v.Pointer, to.Target);
        step.Shape = new LaunchShape(Ceiling(queries, 4), op.Heads, q.Shape[0], 128, 1, 1, 4 * 4 * (Ceiling(keys, 4) + Ceiling(head, 4)) * sizeof(float));
        step.Detail = $"{q.Shape} keys {keys} heads {op.Heads}";
        Emit(step, BytesOf(q, k, v, to));
    }
}
