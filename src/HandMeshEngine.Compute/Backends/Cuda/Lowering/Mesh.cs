using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
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
        View x = Rows(node, 0);
        MeshRows(node, MeshVariant.Gather, x, Allocate(node), 1, Indices(node, 1, x.Shape[1], "index"), default, default, 1);
    }

    private void SpiralDepthwise(Node node)
    {
        View x = Rows(node, 0);
        Pointer index = Indices(node, 1, x.Shape[1], "index");
        MeshRows(node, MeshVariant.SpiralDepthwise, x, Allocate(node), ShapeOf(node, 1)[1], index, Floats(node, 2, "weight"), default, 1);
    }

    private void SparseMatMul(Node node)
    {
        View x = Rows(node, 0);
        Pointer index = Indices(node, 1, x.Shape[1], "index");
        MeshRows(node, MeshVariant.SparseMatMul, x, Allocate(node), ShapeOf(node, 1)[1], index, Floats(node, 2, "value"), default, 1);
    }

    private void GinAggregate(Node node, GinAggregateOp op)
    {
        View x = Rows(node, 0);
        Pointer rows = Indices(node, 1, ShapeOf(node, 2)[0] + 1, "row starts"), columns = Indices(node, 2, x.Shape[1], "columns");
        MeshRows(node, MeshVariant.GinAggregate, x, Allocate(node), 1, rows, default, columns, 1 + op.Epsilon);
    }

    /// <summary>All terms at once: each is a sparse matrix of its own, multiplied out when the plan is made.</summary>
    private void ChebTerms(Node node, ChebTermsOp op)
    {
        View x = Rows(node, 0);
        Indices(node, 1, x.Shape[1], "index");
        Tensor index = Constant(node, 1, "index"), value = Constant(node, 2, "value");
        SparseRows[] terms = SparseRows.Chebyshev(index, value, op.Terms);
        string packing = $"chebyshev {op.Terms}";
        Pointer starts = new(Packed(index, packing, () => SparseRows.Starts(terms)), 0);
        Pointer columns = new(Packed(index, packing + " columns", () => SparseRows.Columns(terms)), 0);
        Pointer factors = new(Packed(value, packing, () => SparseRows.Values(terms)), 0);
        MeshRows(node, MeshVariant.ChebTerms, x, Allocate(node), op.Terms, starts, factors, columns, 1);
    }

    private void MeshRows(
        Node node, MeshVariant variant, View x, View to, int width, Pointer index, Pointer value, Pointer columns, float factor)
    {
        LaunchStep step = Launch(node, "mesh", variant.ToString().ToLowerInvariant(), to)
            .Define("IMAGES", x.Shape[0]).Define("ROWS_IN", x.Shape[1]).Define("ROWS", to.Shape[1]).Define("WIDTH", width)
            .Define("CHANNELS", to.Channels).Define("STORED", to.Stored).Define("IN_CHANNELS", x.Channels).Define("IN_PITCH", x.Pitch).Define("OUT_PITCH", to.Pitch)
            .Define("FACTOR", factor).Define("VARIANT", (int)variant).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, index, value, columns, to.Target).Spread((long)to.Pixels * to.Stored);
        step.Detail = $"{x.Shape}->{to.Shape} width {width}";
        Emit(step, BytesOf(x, to));
    }
}
