namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>A table of source rows with weights.</summary>
/// <param name="Indices">Source rows, [rows][Length].</param>
/// <param name="Length">Sources of each row.</param>
/// <param name="Weights">One weight per entry, [rows][Length]; or one per source and channel, [Length][channels].</param>
/// <param name="PerChannel">Which of the two.</param>
internal sealed record WeightedRows(CpuBuffer Indices, int Length, CpuBuffer Weights, bool PerChannel)
{
    /// <summary>Notes that the last step of a plan uses the table.</summary>
    public void TouchByLastStep<TSimd, TVector>(Lowering<TSimd, TVector> plan)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        plan.TouchByLastStep(Indices);
        plan.TouchByLastStep(Weights);
    }
}
