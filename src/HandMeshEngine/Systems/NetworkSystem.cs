using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Conversion;
using HandMeshEngine.Estimation;

namespace HandMeshEngine.Systems;

/// <summary>
/// A system that is one network behind a box, from authors who use PyTorch. Its manifests are the embedded resources
/// <c>manifests/ID.tensors</c>, or <c>manifests/ID-VARIANT.tensors</c> where there are several variants.
/// </summary>
internal abstract class NetworkSystem : HandSystem
{
    private const string Override = "override.";

    /// <inheritdoc/>
    public override bool TakesBox => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants => ["default"];

    /// <inheritdoc/>
    public override Handedness TrainedHand => Handedness.Right;

    /// <inheritdoc/>
    public override SystemNeeds Needs => SystemNeeds.Camera;

    /// <summary>From the names in the authors' files to those of the manifest.</summary>
    protected virtual NameRules Names => NameRules.None;

    /// <summary>The gain and shift of a stand-in tensor that keep the network's values alive; (1, 0) for most.</summary>
    internal abstract (float Gain, float Shift) GainOf(string tensor);

    /// <summary>
    /// The fixed tables under the names of a converted file, built from the embedded synthetic meshes: what stand-in weights are
    /// drawn around. Output made with them means nothing.
    /// </summary>
    internal abstract TensorMap SyntheticTables();

    /// <summary>Builds the fixed tables that the checkpoint lacks, unless ready ones are among the files.</summary>
    /// <exception cref="CheckpointException">A file that is needed is missing, or its content is bad.</exception>
    protected abstract void AddTables(TensorMap tables, TableFiles files, List<string> notices);

    /// <summary>The network with its weights and tables.</summary>
    /// <exception cref="GraphException">A table is missing or bad.</exception>
    protected abstract HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera);

    /// <summary>The network with its weights and tables.</summary>
    /// <exception cref="ArgumentException">A virtual camera is asked for, but the system has none.</exception>
    /// <exception cref="GraphException">A table is missing or bad.</exception>
    internal HandModel Model(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera = false) => virtualCamera && !HasVirtualCamera
        ? throw new ArgumentException(
            $"only {string.Join(", ", HandSystems.All.Where(system => system.HasVirtualCamera))} has a virtual camera; {Id} follows the box by itself",
            nameof(virtualCamera))
        : CreateModel(weights, virtualCamera);

    /// <summary>The tables under the names of a converted file, and a notice for each file of no use.</summary>
    /// <exception cref="CheckpointException">A file that is needed is missing, or its content is bad.</exception>
    internal TensorMap Tables(TableFiles files, List<string> notices)
    {
        var tables = new TensorMap("--tables");
        AddTables(tables, files, notices);
        files.AddReady(tables);
        files.Report(notices);
        return tables;
    }

    /// <summary>Collects weights from opened files, see <see cref="WeightCollector"/>.</summary>
    internal (WeightManifest Manifest, TensorMap Weights) Collect(
        IReadOnlyList<CheckpointSource> sources, TensorMap tables, List<string> notices) =>
        WeightCollector.Collect(Manifests, Names, sources, tables, notices);

    /// <summary>Weights drawn from a seed around given tables, without the mark of stand-ins.</summary>
    internal TensorMap Drawn(string? variant, string seed, TensorMap tables) =>
        StandInWeights.Create(Manifest(RequireVariant(variant)), GainOf, seed, tables);

    /// <inheritdoc/>
    internal override WeightManifest Manifest(string variant) => WeightManifest.Parse(
        Id,
        RequireVariant(variant),
        EmbeddedText.Lines(GetType().Assembly, (Variants.Count == 1 ? Id : $"{Id}-{variant}") + ".tensors"));

    /// <inheritdoc/>
    internal override ConversionResult Convert(IReadOnlyList<string> checkpoints, IReadOnlyList<string> tables, CheckpointLimits limits)
    {
        foreach (string checkpoint in checkpoints)
        {
            CheckpointFiles.Open(checkpoint).Dispose();
        }

        var notices = new List<string>();
        var files = new TableFiles(tables, limits);
        (WeightManifest manifest, TensorMap weights) =
            WeightCollector.Collect(Manifests, Names, checkpoints, Tables(files, notices), notices, limits);
        TensorMap map = SourceFiles.NewMap(Id, manifest.Variant, Licence, checkpoints.Concat(files.Paths));
        foreach ((string key, string value) in weights.Metadata)
        {
            map.Metadata[key] = value;
        }

        foreach ((string name, Tensor tensor) in weights)
        {
            map.Add(name, tensor);
        }

        string[] absent = [.. manifest.Entries.Where(entry => entry.IsAdded && !weights.Contains(entry.Name)).Select(entry => entry.Name)];
        if (absent.Length > 0)
        {
            notices.Add(
                $"{string.Join(" and ", absent)} are neither in the checkpoint nor in the tables: the network runs, but predict needs them; "
                + "give MANO_RIGHT.pkl, or a mesh (.obj) and a joint regressor (.npy), as tables");
        }

        return new ConversionResult(map, notices);
    }

    /// <inheritdoc/>
    internal override TensorMap StandIn(string? variant, string seed)
    {
        TensorMap weights = Drawn(variant, seed, SyntheticTables());
        weights.Metadata[WeightMetadata.StandIn] = seed;
        return weights;
    }

    /// <inheritdoc/>
    internal override TensorMap CaseWeights(ReferenceCase reference, string? seed)
    {
        if (reference.Kind.Tables is not { } tablesOf)
        {
            return new TensorMap("no weights");
        }

        TensorMap tables = tablesOf(reference);
        foreach ((string name, Tensor tensor) in reference.Tensors)
        {
            if (name.StartsWith(Override, StringComparison.Ordinal))
            {
                tables.Set(name[Override.Length..], tensor);
            }
        }

        return Drawn(CaseVariant(reference), seed ?? reference.Seed, tables);
    }

    /// <inheritdoc/>
    internal override IEnumerable<SystemNetwork> Networks(TensorMap weights, EstimatorOptions options, int hands)
    {
        HandModel model = Model(weights, options.VirtualCamera);
        yield return new SystemNetwork(Id, model.Build(batch: hands), (session, width, height) =>
        {
            double side = height / 2.0;
            var box = new HandBox((width - side) / 2, (height - side) / 2, side, side);
            var view = new HandView(Camera.Guess(width, height).Intrinsics, box, RootDepth: 0.5, BoneLength: 0.05);
            for (int item = 0; item < hands; item++)
            {
                model.Prepare(view, session, item);
            }
        });
    }

    /// <inheritdoc/>
    internal override HandPipeline Open(TensorMap weights, Backend backend, EstimatorOptions options) =>
        new ModelPipeline(this, weights, backend, options);

    /// <summary>The variant that a case was made with; null for the default one.</summary>
    protected virtual string? CaseVariant(ReferenceCase reference) => reference.Tensors.Metadata.GetValueOrDefault("variant");
}
