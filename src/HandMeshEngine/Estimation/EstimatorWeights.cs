using HandMeshEngine.Checkpoints;
using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Systems;

namespace HandMeshEngine.Estimation;

/// <summary>Finds and checks the weights that the options name.</summary>
internal static class EstimatorWeights
{
    /// <summary>Prefix of a seed for stand-in weights.</summary>
    public const string RandomPrefix = "random:";

    /// <summary>Metadata key of a safetensors file that says whose weights it holds.</summary>
    public const string SystemKey = "handmesh.system";

    /// <summary>Metadata key that marks stand-in weights.</summary>
    public const string StandInKey = "handmesh.standin";

    public static TensorMap Load(HandSystem system, EstimatorOptions options)
    {
        if (options.WeightsStream is { } stream)
        {
            return Check(system, SafetensorsFile.Read(stream, "the weights stream"));
        }

        if (options.Weights?.StartsWith(RandomPrefix, StringComparison.Ordinal) == true)
        {
            return StandIn(system, options.Variant, options.Weights[RandomPrefix.Length..]);
        }

        return Check(system, SafetensorsFile.Read(options.Weights ?? DefaultPath(system, options.Variant)));
    }

    /// <summary>Meaningless weights of a system, and synthetic tables.</summary>
    /// <exception cref="ArgumentException">The default system is asked for, or the variant is not known.</exception>
    public static TensorMap StandIn(HandSystem system, string? variant, string seed)
    {
        if (system.Id == HandSystems.DefaultId)
        {
            throw new ArgumentException($"{system.Id} ships with its weights and has no stand-ins; leave the weights out, or name a file");
        }

        TensorMap standIn = StandInWeights.Create(system.Id, variant, seed, SyntheticTables.Create(system.Id));
        standIn.Metadata[SystemKey] = system.Id;
        standIn.Metadata[StandInKey] = seed;
        return standIn;
    }

    /// <summary>The landmark system's weights for finding hands, whatever system is asked for.</summary>
    public static TensorMap LoadFinder() => SafetensorsFile.Read(DefaultPath(HandSystems.Default, null));

    /// <summary>What a graph that cannot be built says about the weights that it was built from.</summary>
    public static CheckpointException Misfit(TensorMap weights, GraphException cause) => new(weights.Source, cause.Message, cause: cause);

    private static string DefaultPath(HandSystem system, string? variant)
    {
        if (system.Id != HandSystems.DefaultId)
        {
            throw new CheckpointException(
                system.Id, "this system ships without weights: convert the authors' checkpoint (handmesh convert) and name the file, or use random:SEED");
        }

        variant ??= "full";
        if (variant is not ("full" or "lite"))
        {
            throw new ArgumentException($"the default system has no variant '{variant}'; use full or lite");
        }

        string path = Path.Combine(AppContext.BaseDirectory, "weights", $"{system.Id}-{variant}.safetensors");
        return File.Exists(path)
            ? path
            : throw new CheckpointException(path, "the default weights are not there; build, publish and the package put them beside the program, or name a file");
    }

    private static TensorMap Check(HandSystem system, TensorMap weights)
    {
        if (!weights.Metadata.TryGetValue(SystemKey, out string? owner))
        {
            throw new CheckpointException(weights.Source, $"no '{SystemKey}' in its metadata: these are not weights that handmesh convert wrote");
        }

        if (owner != system.Id)
        {
            throw new CheckpointException(weights.Source, $"holds weights of {owner}, but {system.Id} was asked for");
        }

        ManifestCheck.RequireConverted(system.Id, weights);
        return weights;
    }
}
