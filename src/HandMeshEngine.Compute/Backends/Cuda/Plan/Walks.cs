namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>
/// Finds launches in a row that are too small to pay for one each: they become stages of one cooperative launch, whose blocks wait for
/// each other between two stages in place of a launch waiting for another.
/// </summary>
internal static class Walks
{
    /// <summary>Blocks of a walk, at most; a small card holds fewer at once and gets fewer.</summary>
    public const int MostBlocks = 256;

    // Two stages would trade an overlapping launch for one that cannot overlap.
    private const int LeastStages = 3;

    // So that a walk's blocks do a stage in a few rounds, and that a stage takes no longer than a few hops.
    private const int MostRounds = 8;
    private const long MostMultiplyAdds = 8_000_000;
    private const long MostMultiplyAddsOfFast = 20_000_000;

    // A kernel takes 4096 bytes of parameters, 8 for a pointer; the walk adds one of its own.
    private const int MostPointers = 496;

    // A part of an SM's memory that leaves room for the blocks of a walk on small cards.
    private const int MostSharedBytes = 48 * 1024;

    /// <summary>The launches in their order, those of one walk together.</summary>
    public static IEnumerable<LaunchStep[]> Of(IReadOnlyList<LaunchStep> steps)
    {
        for (int i = 0; i < steps.Count;)
        {
            int end = i, pointers = 0;
            while (end < steps.Count && CanBeStage(steps[end]) && steps[end].Shape.BlockX == steps[i].Shape.BlockX
                && pointers + steps[end].Pointers.Count <= MostPointers)
            {
                pointers += steps[end].Pointers.Count;
                end++;
            }

            if (end - i >= LeastStages)
            {
                yield return [.. steps.Skip(i).Take(end - i)];
                i = end;
            }
            else
            {
                end = Math.Max(end, i + 1);
                for (; i < end; i++)
                {
                    yield return [steps[i]];
                }
            }
        }
    }

    private static bool CanBeStage(LaunchStep step) =>
        step.Links.Count == 0 && step.Blocks <= MostRounds * MostBlocks && step.Shape.SharedBytes <= MostSharedBytes && step.Leaves.All(IsSmall);

    // Convolutions have many weights, under way while their predecessor ends; what reads the image must not hold up others.
    private static bool IsSmall(LaunchStep step) =>
        step.File is not ("warpnormalize" or "separable" or "conv2d" or "convtranspose2d")
        && (step.Product is null || step.File == "linear")
        && step.MultiplyAdds <= (step.Product is null && step.File != "attention" ? MostMultiplyAdds : MostMultiplyAddsOfFast);
}
