using System.Security.Cryptography;

namespace HandMeshEngine.Cli.Evaluation;

/// <summary>What tells weights apart, so that a run is not resumed with others.</summary>
internal static class WeightsIdentity
{
    /// <summary>The SHA-256 of the weights' file; the seed of stand-in weights; the engine's version where they ship with it.</summary>
    public static string Of(EstimatorOptions options)
    {
        if (options.Weights is not { } weights)
        {
            return $"shipped with {typeof(HandEstimator).Assembly.GetName().Version}";
        }

        if (!File.Exists(weights))
        {
            return weights;
        }

        using FileStream stream = RegularFile.OpenRead(weights);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
