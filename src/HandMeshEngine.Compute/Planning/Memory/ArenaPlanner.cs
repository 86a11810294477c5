namespace HandMeshEngine.Compute.Planning.Memory;

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

    /// <summary>The offset of each buffer and the size of the arena, for steps that run one after another.</summary>
    public static (long[] Offsets, long Total) Place(IReadOnlyList<ArenaBuffer> buffers) =>
        Place([.. buffers.Select(buffer => buffer.Bytes)], (a, b) => Overlap(buffers[a], buffers[b]));

    /// <summary>
    /// The offset of each buffer and the size of the arena. Greedy, largest first, each at the lowest gap that fits; within a
    /// few per cent of the peak of live bytes on the models here.
    /// </summary>
    /// <param name="bytes">The sizes.</param>
    /// <param name="together">Whether two of the buffers may be alive at the same time.</param>
    public static (long[] Offsets, long Total) Place(long[] bytes, Func<int, int, bool> together)
    {
        var offsets = new long[bytes.Length];
        var placed = new List<int>();
        long total = 0;
        foreach (int index in Enumerable.Range(0, bytes.Length).OrderByDescending(i => bytes[i]).ThenBy(i => i))
        {
            long at = 0;
            foreach (int other in placed.Where(p => together(p, index)).OrderBy(p => offsets[p]))
            {
                if (offsets[other] - at >= Padded(bytes[index]))
                {
                    break;
                }

                at = Math.Max(at, offsets[other] + Padded(bytes[other]));
            }

            offsets[index] = at;
            placed.Add(index);
            total = Math.Max(total, at + Padded(bytes[index]));
        }

        return (offsets, total);
    }

    private static bool Overlap(ArenaBuffer a, ArenaBuffer b) => a.FirstStep <= b.LastStep && b.FirstStep <= a.LastStep;

    private static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
