using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class ChebTerms : CpuOp<ChebTermsOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ChebTermsOp op)
    {
        Area x = plan.Operand(node, 0), output = plan.Allocate(node);
        WeightedRows rows = SparseMatMul.SparseRows(plan, node, x);
        Area Term(int k) => output with { Offset = output.Offset + ((long)k * x.Channels), Channels = x.Channels };
        plan.Copy(node, x, Term(0), plan.OperandShape(node, 0));
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
