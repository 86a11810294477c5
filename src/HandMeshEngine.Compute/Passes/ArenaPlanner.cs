namespace HandMeshEngine.Compute.Passes;

/// <summary>A buffer that a plan needs for a while.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="FirstStep">The step that writes it.</param>
/// <param name="LastStep">The last step that reads it.</param>
internal readonly record struct ArenaBuffer(long Bytes, int FirstStep, int LastStep);

/// <summary>Places buffers in one arena so that those alive at the same time do not overlap. Deterministic.</summary>
internal static class ArenaPlanner
{
    /// <summary>Every offset is a multiple of this.</summary>
    public const int Alignment = 256;

    /// <summary>
    /// The offset of each buffer and the size of the arena. Greedy, largest first, each at the lowest gap that fits; within a
    /// few per cent of the peak of live bytes on the models here.
    /// </summary>
    public static (long[] Offsets, long Total) Place(IReadOnlyList<ArenaBuffer> buffers)
    {
        var offsets = new long[buffers.Count];
        var placed = new List<int>();
        long total = 0;
        foreach (int index in Enumerable.Range(0, buffers.Count).OrderByDescending(i => buffers[i].Bytes).ThenBy(i => i))
        {
            ArenaBuffer buffer = buffers[index];
            long at = 0;
            foreach (int other in placed.Where(p => Overlap(buffers[p], buffer)).OrderBy(p => offsets[p]))
            {
                if (offsets[other] - at >= Padded(buffer.Bytes))
                {
                    break;
                }

                at = Math.Max(at, offsets[other] + Padded(buffers[other].Bytes));
            }

            offsets[index] = at;
            placed.Add(index);
            total = Math.Max(total, at + Padded(buffer.Bytes));
        }

        return (offsets, total);
    }

    private static bool Overlap(ArenaBuffer a, ArenaBuffer b) => a.FirstStep <= b.LastStep && b.FirstStep <= a.LastStep;

    private static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
