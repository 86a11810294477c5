using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/mesh.cu.</content>
internal sealed partial class CudaLowering
{
    private enum MeshVariant
    {
        Gather,
        SpiralDepthwise,
        SparseMatMul,
        GinAggregate,
        ChebTerms,
    }

    private void Gather(Node node)
    {
        Place x = Rows(node, 0);
        MeshRows(node, MeshVariant.Gather, x, Allocate(node), 1, Indices(node, 1, x.Shape[1], "index"), default, default, 1);
    }

    private void SpiralDepthwise(Node node)
    {
        Place x = Rows(node, 0);
        Pointer index = Indices(node, 1, x.Shape[1], "index");
        MeshRows(node, MeshVariant.SpiralDepthwise, x, Allocate(node), ShapeOf(node, 1)[1], index, Floats(node, 2, "weight"), default, 1);
    }

    private void SparseMatMul(Node node)
    {
        Place x = Rows(node, 0);
        Pointer index = Indices(node, 1, x.Shape[1], "index");
        MeshRows(node, MeshVariant.SparseMatMul, x, Allocate(node), ShapeOf(node, 1)[1], index, Floats(node, 2, "value"), default, 1);
    }

    private void GinAggregate(Node node, GinAggregateOp op)
    {
        Place x = Rows(node, 0);
        Pointer rows = Indices(node, 1, ShapeOf(node, 2)[0] + 1, "row starts"), columns = Indices(node, 2, x.Shape[1], "columns");
        MeshRows(node, MeshVariant.GinAggregate, x, Allocate(node), 1, rows, default, columns, 1 + op.Epsilon);
    }

    /// <summary>Each term is a column block of the result, made from the two before it by a launch of its own.</summary>
    private void ChebTerms(Node node, ChebTermsOp op)
    {
        Place x = Rows(node, 0);
        int channels = x.Channels;
        Pointer index = Indices(node, 1, x.Shape[1], "index"), value = Floats(node, 2, "value");
        Place to = Allocate(node);
        Place Term(int i) => to.Part(2, i * channels, channels) with
        {
            Stored = i == op.Terms - 1 ? channels + to.Stored - to.Channels : channels,
        };
        Copy(node, x, Term(0));
        for (int i = 1; i < op.Terms; i++)
        {
            MeshRows(
                node, MeshVariant.ChebTerms, i == 1 ? x : Term(i - 1), Term(i), ShapeOf(node, 1)[1], index, value, default, i == 1 ? 1 : 2,
                i == 1 ? null : Term(i - 2));
        }
    }

    private void MeshRows(
        Node node, MeshVariant variant, Place x, Place to, int width, Pointer index, Pointer value, Pointer columns, float factor,
        Place? before = null)
    {
        LaunchStep step = Launch(node, "mesh", variant.ToString().ToLowerInvariant(), to)
            .Define("IMAGES", x.Shape[0]).Define("ROWS_IN", x.Shape[1]).Define("ROWS", to.Shape[1]).Define("WIDTH", width)
            .Define("CHANNELS", x.Channels).Define("STORED", to.Stored).Define("IN_PITCH", x.Pitch).Define("OUT_PITCH", to.Pitch)
            .Define("BEFORE_PITCH", before?.Pitch ?? 0).Define("HAS_BEFORE", before is not null).Define("FACTOR", factor)
            .Define("VARIANT", (int)variant).Define("IN_TYPE", x.TypeName).Define("BEFORE_TYPE", before?.TypeName ?? "float")
            .Take(x.Pointer, index, value, columns, before?.Pointer ?? default, to.Pointer).Spread((long)to.Rows * to.Stored);
        step.Detail = $"{x.Shape}->{to.Shape} width {width}";
        Emit(step, BytesOf(x, to));
    }
}
