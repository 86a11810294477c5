namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class SparseMatMul : CpuOp<SparseMatMulOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SparseMatMulOp op)
    {
        View x = plan.Operand(node, 0), output = plan.Allocate(node);
        WeightedRows rows = SparseRows(plan, node, x);
        plan.Emit(node, new WeightedRowsStep<TSimd, TVector>("sparsematmul", x, rows, output, plan.Threads), output, x);
        rows.TouchByLastStep(plan);
        return output;
    }

    /// <summary>The indices and values (operands 1 and 2) of a sparse matrix with equally many entries in each row.</summary>
    public static WeightedRows SparseRows<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, View x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        CpuBuffer indices = plan.Indices(node, 1, x.Width, "index");
        View values = plan.AsDense(node, 2);
        if (values.Offset != 0)
        {
            throw new GraphException($"{node.Op.Kind}: the values must be a constant or a whole value");
        }

        return new WeightedRows(indices, plan.OperandShape(node, 1)[1], values.Memory, PerChannel: false);
    }
}
