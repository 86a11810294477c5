using HandMeshEngine.Compute.Backends.Cpu.Plan;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Checks indices that a caller writes before each run.</summary>
internal sealed unsafe class IndexCheckStep(CpuBuffer indices, int count, int limit, string what) : Step
{
    public override int Tiles => 1;

    public override string Describe() => $"check {count} indices below {limit}";

    protected override void Compute(int tile, float* scratch)
    {
        foreach (int index in new ReadOnlySpan<int>(indices.Data, count))
        {
            if ((uint)index >= (uint)limit)
            {
                throw new ArgumentException($"{what} holds {index}, outside 0..{limit - 1}");
            }
        }
    }
}
