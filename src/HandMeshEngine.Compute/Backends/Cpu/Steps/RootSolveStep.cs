using HandMeshEngine.Compute.Numerics;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>The weighted least-squares root of each item.</summary>
internal sealed unsafe class RootSolveStep(View points, View rays, View weights, View output) : Step
{
    public override int Tasks => 1;

    public override string Describe() => $"rootsolve {points} -> {output}";

    protected override void Compute(int task, float* scratch)
    {
        int joints = points.Width;
        for (int n = 0; n < points.Images; n++)
        {
            var item = new RootSolveItem(
                new ReadOnlySpan<float>(points.Data + ((long)n * joints * 3), joints * 3),
                new ReadOnlySpan<float>(rays.Data + ((long)n * joints * 2), joints * 2),
                new ReadOnlySpan<float>(weights.Data + ((long)n * joints), joints));
            item.Solve(new Span<float>(output.Data + ((long)n * output.PixelStride), 6));
        }
    }
}
