using HandMeshEngine.Compute.Planning.Memory;
namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>
/// Orders launches along the longest chain of those that wait for each other, and puts what can run meanwhile beside them, so that a
/// plan costs few more hops than that chain.
/// </summary>
internal static class LaunchOrder
{
    // More would make kernels of many programs, each compiled for this one place.
    private const int MostParts = 4;

    // What fills a large card several times over gains nothing from company, and would run at the other's occupancy.
    private const int MostBlocks = 1024;

    /// <summary>The launches in their new order, those of one group side by side.</summary>
    public static IReadOnlyList<LaunchStep[]> Of(IReadOnlyList<LaunchStep> steps)
    {
        int[][] predecessors = Predecessors(steps);
        int[] heights = Heights(predecessors);
        var open = Enumerable.Range(0, steps.Count).ToList();
        var done = new bool[steps.Count];
        var groups = new List<LaunchStep[]>();
        while (open.Count > 0)
        {
            IEnumerable<int> ready = open.Where(i => predecessors[i].All(before => done[before]));
            int[] group = Group(steps, [.. ready.OrderByDescending(i => heights[i]).ThenBy(i => i)]);
            groups.Add([.. group.Select(i => steps[i])]);
            open.RemoveAll(group.Contains);
            foreach (int i in group)
            {
                done[i] = true;
            }
        }

        return groups;
    }

    /// <summary>
    /// For each launch those whose results it reads. Every value is written once, each part of a concatenation by one launch, so
    /// nothing else orders them until the arena gives buffers a place.
    /// </summary>
    public static int[][] Predecessors(IReadOnlyList<LaunchStep> steps)
    {
        var writers = new Dictionary<PlanBuffer, List<int>>();
        var predecessors = new int[steps.Count][];
        for (int i = 0; i < steps.Count; i++)
        {
            predecessors[i] = [.. steps[i].Pointers.Where(pointer => !pointer.IsWritten && pointer.Buffer is not null)
                .SelectMany(pointer => writers.GetValueOrDefault(pointer.Buffer!) ?? []).Distinct()];
            foreach (Pointer pointer in steps[i].Pointers.Where(pointer => pointer is { IsWritten: true, Buffer: not null }))
            {
                if (!writers.TryGetValue(pointer.Buffer!, out List<int>? own))
                {
                    writers.Add(pointer.Buffer!, own = []);
                }

                own.Add(i);
            }
        }

        return predecessors;
    }

    /// <summary>Launches on the longest chain from each one on.</summary>
    private static int[] Heights(int[][] predecessors)
    {
        var heights = new int[predecessors.Length];
        for (int i = heights.Length - 1; i >= 0; i--)
        {
            heights[i]++;
            foreach (int before in predecessors[i])
            {
                heights[before] = Math.Max(heights[before], heights[i]);
            }
        }

        return heights;
    }

    /// <summary>The first of the ready launches, and those that can share its launch.</summary>
    private static int[] Group(IReadOnlyList<LaunchStep> steps, int[] ready)
    {
        LaunchStep first = steps[ready[0]];
        return [ready[0], .. ready[1..].Where(i => CanShare(first, steps[i])).Take(MostParts - 1)];
    }

    // A chain takes as long as several others: company would hold up what waits for these, so it goes to a stream of its own instead.
    private static bool CanShare(LaunchStep first, LaunchStep other) =>
        first.Links.Count == 0 && other.Links.Count == 0 && first.Shape.BlockX == other.Shape.BlockX && first.Blocks <= MostBlocks && other.Blocks <= MostBlocks;
}
