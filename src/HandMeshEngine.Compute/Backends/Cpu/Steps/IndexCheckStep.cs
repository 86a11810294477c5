namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Checks indices that the caller has written for this run.</summary>
internal sealed unsafe class IndexCheckStep(IndexCheck check, CpuBuffer indices, int count) : Step
{
    public override int Tasks => 1;

    public override string Describe() => $"check {count} indices below {check.Limit}";

    protected override void Compute(int task, float* scratch) => check.Check(new ReadOnlySpan<int>(indices.Data, count));
}
