using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>Fuses steps that follow each other on maps too large for the caches.</summary>
internal static class RowBandFusion
{
    // A map of this size has mostly left the second-level cache before the next step reads it; 512 KB gain nothing.
    private const long SmallestMap = 768 * 1024;

    // With fewer rows some threads would have no work.
    private const int FewestRows = 16;

    // With more threads the maps are spread over more caches, and the rows that two tasks compute weigh more.
    private const int MostThreads = 4;

    /// <summary>Replaces runs of steps of a plan by one step each, with the number of the last.</summary>
    public static void Apply(CpuPlan plan, int threads)
    {
        if (threads > MostThreads)
        {
            return;
        }

        List<(Node Node, Step Step)> steps = plan.Steps;
        var fused = new List<(Node Node, Step Step)>();
        for (int first = 0, last; first < steps.Count; first = last + 1)
        {
            last = first;
            while (last + 1 < steps.Count && Fuses(steps, last))
            {
                last++;
            }

            fused.Add(last == first ? steps[first] : (steps[last].Node, Fuse(steps, first, last, threads)));
        }

        plan.Replace(fused);
    }

    private static RowBandsStep Fuse(List<(Node Node, Step Step)> steps, int first, int last, int threads)
    {
        (Node Node, Step Step)[] run = [.. steps.Skip(first).Take(last - first + 1)];
        foreach ((_, Step step) in run)
        {
            var part = (IRowBandStep)step;
            if (step != run[^1].Step)
            {
                part.Output.Memory.MoveToScratch();
            }

            part.Residual?.Memory.Touch(last);
        }

        ((IRowBandStep)run[0].Step).Input.Memory.Touch(last);
        return new RowBandsStep([.. run.Select(pair => pair.Node)], [.. run.Select(pair => pair.Step)], threads);
    }

    // The map between two steps must be theirs alone: the first writes it, the second is the last to read it.
    private static bool Fuses(List<(Node Node, Step Step)> steps, int maker)
    {
        if (steps[maker].Step is not IRowBandStep { Window: not null } from
            || steps[maker + 1].Step is not IRowBandStep { Window: not null } to
            || steps[maker].Node.Stage != steps[maker + 1].Node.Stage)
        {
            return false;
        }

        View map = from.Output;
        return map.Memory == to.Input.Memory && map.Offset == to.Input.Offset && map.Count == to.Input.Count
            && map.Memory.FirstStep == maker && map.Memory.LastStep == maker + 1 && map.Memory.Kind != BufferKind.Input
            && to.Residual?.Memory != map.Memory && (long)map.Count * sizeof(float) >= SmallestMap && to.Output.Height >= FewestRows;
    }
}
