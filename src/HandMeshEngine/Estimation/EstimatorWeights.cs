using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Estimation;

/// <summary>Finds and checks the weights that the options name.</summary>
internal static class EstimatorWeights
{
    /// <summary>Prefix of a seed for stand-in weights.</summary>
    public const string RandomPrefix = "random:";

    /// <summary>The weights of a system that the options name.</summary>
    /// <exception cref="ArgumentException">There is no such variant, or the system has no stand-ins.</exception>
    /// <exception cref="CheckpointException">They cannot be read, or are another system's.</exception>
    public static TensorMap Load(HandSystem system, EstimatorOptions options)
    {
        if (options.WeightsStream is { } stream)
        {
            return Check(system, SafetensorsFile.Read(stream, "the weights stream", options.CheckpointLimits));
        }

        return options.Weights switch
        {
            null => LoadShipped(system, options.Variant is { } variant && system.Combinations.Contains(variant) ? null : options.Variant),
            { } path when path.StartsWith(RandomPrefix, StringComparison.Ordinal) => system.StandIn(options.Variant, path[RandomPrefix.Length..]),
            { } path => Check(system, SafetensorsFile.Read(path, options.CheckpointLimits)),
        };
    }

    /// <summary>The weights that come with the engine.</summary>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    /// <exception cref="CheckpointException">The system ships without weights, or they are not where they should be.</exception>
    public static TensorMap LoadShipped(HandSystem system, string? variant) => Check(system, SafetensorsFile.Read(system.RequireWeights(variant)));

    /// <summary>What a graph that cannot be built says about the weights that it was built from.</summary>
    public static CheckpointException Misfit(TensorMap weights, GraphException cause) => new(weights.Source, cause.Message, cause: cause);

    private static TensorMap Check(HandSystem system, TensorMap weights)
    {
        if (!weights.Metadata.TryGetValue(WeightMetadata.System, out string? owner))
        {
            throw new CheckpointException(
                weights.Source, $"no '{WeightMetadata.System}' in its metadata: these are not weights that handmesh convert wrote");
        }

        if (owner != system.Id)
        {
            throw new CheckpointException(weights.Source, $"holds weights of {owner}, but {system.Id} was asked for");
        }

        ManifestCheck.RequireConverted(system.Manifests, weights);
        foreach ((string name, Tensor tensor) in weights)
        {
            if (FiniteValues.FirstNotFinite(tensor) is >= 0 and int index)
            {
                throw new CheckpointException(
                    weights.Source,
                    $"the value at flat index {index} of {tensor.Shape} is {tensor[index].ToString(CultureInfo.InvariantCulture)}, not a finite number: "
                    + "the training diverged or the file is damaged",
                    name);
            }
        }

        return weights;
    }
}
