namespace HandMeshEngine.Verification;

/// <summary>
/// Compares the engine with a stored case: every stage of the network from the stored tensors before it, the whole chain from
/// the image, and what happens outside the network, each with the tolerance that the case's documentation gives.
/// </summary>
public static class Verifier
{
    /// <summary>The stand-in weights for a case: its tables, and numbers drawn from a seed.</summary>
    /// <param name="reference">The case.</param>
    /// <param name="seed">Any text; null takes the case's own seed, with which it passes.</param>
    /// <exception cref="CheckpointException">The case does not name its seed, or a file that belongs to it is missing.</exception>
    public static TensorMap StandInWeights(ReferenceCase reference, string? seed = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Owner.CaseWeights(reference, seed);
    }

    /// <summary>Runs every check of a case.</summary>
    /// <param name="reference">The case.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="precision">Number format of the plans; float16 has its own tolerances.</param>
    /// <param name="weights">Converted weights; null draws the stand-in weights that the case was made with.</param>
    /// <param name="multiplyAddLimit">Networks and stages with more multiply-adds than this are left out (slow backends).</param>
    /// <exception cref="CheckpointException">The case or a file that belongs to it is damaged.</exception>
    public static VerificationReport Run(
        ReferenceCase reference,
        Backend backend,
        Precision precision = Precision.Float32,
        TensorMap? weights = null,
        long multiplyAddLimit = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(backend);
        try
        {
            var checks = new Checks(reference, weights ?? reference.Owner.CaseWeights(reference, seed: null), backend, precision, multiplyAddLimit);
            reference.Kind.Run(checks);
            return new VerificationReport(reference.Name, reference.System, backend.Description, checks.Comparisons) { MeshError = checks.MeshError };
        }
        catch (Exception exception) when (exception is KeyNotFoundException or GraphException or ArgumentException or IndexOutOfRangeException or InvalidOperationException or OverflowException)
        {
            // Whoever made the file decides names and shapes: what the checks trip over is its mistake.
            throw new CheckpointException(
                reference.Tensors.Source,
                $"case and weights do not hold what the checks of {reference.System} need: {exception.Message}",
                cause: exception);
        }
    }
}
