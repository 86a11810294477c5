namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/chebterms.cu, all terms at once: each is a sparse matrix of its own, multiplied out when the plan is made.</summary>
internal sealed class ChebTerms : CudaOp<ChebTermsOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ChebTermsOp op)
    {
        View x = context.Views.MatrixOf(node, 0);
        context.Constants.Indices(node, 1, x.Shape[1], "index");
        Tensor index = context.Constants.Tensor(node, 1, "index"), value = context.Constants.Tensor(node, 2, "value");
        SparseRows[] terms = SparseRows.Chebyshev(index, value, op.Terms);
        string packing = $"chebyshev {op.Terms}";
        Pointer starts = new(context.Constants.Packed(index, packing, () => SparseRows.Starts(terms)), 0);
        Pointer columns = new(context.Constants.Packed(index, packing + " columns", () => SparseRows.Columns(terms)), 0);
        Pointer factors = new(context.Constants.Packed(value, packing, () => SparseRows.Values(terms)), 0);
        VertexWriter.Emit(context, node, x, op.Terms, starts, factors, columns);
    }
}
