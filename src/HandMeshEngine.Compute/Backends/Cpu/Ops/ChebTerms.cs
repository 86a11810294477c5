namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class ChebTerms : CpuOp<ChebTermsOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ChebTermsOp op)
    {
        View x = plan.Operand(node, 0), output = plan.Allocate(node);
        WeightedRows rows = SparseMatMul.SparseRows(plan, node, x);
        View Term(int k) => output.Part(output.Shape.Rank - 1, k * x.Channels, x.Channels);
        plan.Copy(node, x, Term(0));
        plan.Emit(node, new WeightedRowsStep<TSimd, TVector>("chebterms 1", x, rows, Term(1), plan.Threads), output, x);
        rows.TouchByLastStep(plan);
        for (int k = 2; k < op.Terms; k++)
        {
            plan.Emit(node, new WeightedRowsStep<TSimd, TVector>($"chebterms {k}", Term(k - 1), rows, Term(k), plan.Threads, Term(k - 2)), output);
            rows.TouchByLastStep(plan);
        }

        return output;
    }
}
