using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Server.Command;

/// <summary>Systems and weights files to models with names.</summary>
internal static class ModelList
{
    /// <param name="systems">Ids; each becomes a model of its name.</param>
    /// <param name="files">Converted weights; each becomes a model of the file's name.</param>
    /// <param name="standIns">Seed for systems without weights, or null.</param>
    /// <param name="estimators">Predictions at once.</param>
    /// <param name="common">What holds for all.</param>
    /// <exception cref="ArgumentException">There is no such system, or two models have one name.</exception>
    /// <exception cref="CheckpointException">A file cannot be read or says no system.</exception>
    public static IReadOnlyList<ServedModelOptions> Read(
        IReadOnlyList<string> systems, IReadOnlyList<string> files, string? standIns, int estimators, EstimatorOptions common)
    {
        if (estimators is < 0 or > EstimatorPool.MostEstimators)
        {
            throw new ArgumentException($"--estimators {estimators} must be 0 to {EstimatorPool.MostEstimators}");
        }

        if (systems.Count + files.Count == 0)
        {
            systems = [HandSystems.Default.Id];
        }

        var models = new List<ServedModelOptions>();
        foreach (string id in systems)
        {
            HandSystem system = HandSystems.Find(id);
            string? weights = system.ShipsWithWeights ? null
                : standIns is not null ? $"random:{standIns}"
                : throw new ArgumentException($"{id} ships without weights: serve a converted file with --model FILE, or stand-ins with --stand-ins 0");
            models.Add(new ServedModelOptions(id, common with { System = id, Weights = weights }, estimators));
        }

        foreach (string file in files)
        {
            TensorMap weights = SafetensorsFile.Read(file);
            string system = weights.Metadata.GetValueOrDefault(WeightMetadata.System)
                ?? throw new CheckpointException(file, "this file does not say whose weights it holds; convert it with handmesh convert");
            models.Add(new ServedModelOptions(Path.GetFileNameWithoutExtension(file), common with { System = system, Weights = file, Variant = null }, estimators));
        }

        return models.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"two models would be called {twice.Key}; rename a file")
            : models;
    }
}
