using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Conversion;
using HandMeshEngine.Estimation;
using HandMeshEngine.Systems;

namespace HandMeshEngine;

/// <summary>
/// A system that the engine can run: what it is, and everything that the engine has to know about it. One class in a folder of
/// <c>Systems/</c> each; <see cref="HandSystems.All"/> lists them.
/// </summary>
public abstract class HandSystem
{
    private protected HandSystem()
    {
    }

    /// <summary>The name in commands and files.</summary>
    public abstract string Id { get; }

    /// <summary>The system in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>Authors, title, venue.</summary>
    public abstract string Paper { get; }

    /// <summary>What was published, with data set and unit.</summary>
    public abstract string Accuracy { get; }

    /// <summary>How fast the authors say it is, and on what.</summary>
    public abstract string Speed { get; }

    /// <summary>The published numbers that an evaluation can be held against.</summary>
    public virtual IReadOnlyList<PublishedScore> Published => [];

    /// <summary>Under which terms weights and tables can be had, and whether they come with the engine.</summary>
    public abstract string Terms { get; }

    /// <summary>Side of the network's square input, pixels.</summary>
    public abstract int InputSize { get; }

    /// <summary>The hand that the weights know; the other one is mirrored in and out.</summary>
    public abstract Handedness TrainedHand { get; }

    /// <summary>What the caller should give.</summary>
    public abstract SystemNeeds Needs { get; }

    /// <summary>The sizes or kinds in which the system comes, the default one first.</summary>
    public abstract IReadOnlyList<string> Variants { get; }

    /// <summary>Further values of <see cref="EstimatorOptions.Variant"/> that run several of the <see cref="Variants"/>.</summary>
    public virtual IReadOnlyList<string> Combinations => [];

    /// <summary>
    /// Whether the network looks into a box around the hand, which the networks of <see cref="HandSystems.Default"/> find where the
    /// caller gives none.
    /// </summary>
    public abstract bool TakesBox { get; }

    /// <summary>Whether weights come with the engine; systems without can run on stand-ins.</summary>
    public virtual bool ShipsWithWeights => false;

    /// <summary>Whether <see cref="EstimatorOptions.VirtualCamera"/> is of use.</summary>
    public virtual bool HasVirtualCamera => false;

    /// <summary>One sentence for converted files: under which terms the weights stand.</summary>
    internal abstract string Licence { get; }

    /// <summary>The kinds of stored cases with their checks.</summary>
    internal abstract IReadOnlyList<CaseKind> Cases { get; }

    /// <summary>The manifests of all variants, in their order.</summary>
    internal IReadOnlyList<WeightManifest> Manifests => [.. Variants.Select(Manifest)];

    /// <summary>The file of the weights that come with the engine, or null if it is in none of <see cref="WeightFolders"/>.</summary>
    /// <param name="variant">One of <see cref="Variants"/>; null takes the first that is there.</param>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    public string? FindWeights(string? variant = null) => ShipsWithWeights
        ? (variant is null ? Variants : [RequireVariant(variant)]).Select(each => WeightFolders.Find(WeightsFile(each))).FirstOrDefault(file => file is not null)
        : null;

    /// <summary>The file of the weights that come with the engine.</summary>
    /// <param name="variant">One of <see cref="Variants"/>; null takes the first that is there.</param>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    /// <exception cref="CheckpointException">The system ships without weights, or they are in none of <see cref="WeightFolders"/>.</exception>
    public string RequireWeights(string? variant = null) => !ShipsWithWeights
        ? throw new CheckpointException(
            Id, "this system ships without weights: convert the authors' checkpoint (handmesh convert) and name the file, or use random:SEED")
        : FindWeights(variant) ?? throw new CheckpointException(
            WeightsFile(variant ?? Variants[0]),
            $"the default weights are not there (looked in {string.Join(", ", WeightFolders.All)}): build, publish and the package put them beside the program; or name a file");

    /// <inheritdoc/>
    public override string ToString() => Id;

    private string WeightsFile(string variant) => $"{Id}-{variant}.safetensors";

    /// <summary>What the weights of a variant consist of.</summary>
    internal abstract WeightManifest Manifest(string variant);

    /// <summary>Converts what the authors released.</summary>
    /// <exception cref="ArgumentException">The number of files is wrong.</exception>
    /// <exception cref="CheckpointException">A file is damaged or missing, or does not fit the system.</exception>
    internal abstract ConversionResult Convert(IReadOnlyList<string> checkpoints, IReadOnlyList<string> tables, CheckpointLimits limits);

    /// <summary>Meaningless weights and synthetic tables, marked as such.</summary>
    /// <exception cref="ArgumentException">The system has none, or there is no such variant.</exception>
    internal abstract TensorMap StandIn(string? variant, string seed);

    /// <summary>The weights that a stored case was made with.</summary>
    /// <param name="reference">A case of one of <see cref="Cases"/>.</param>
    /// <param name="seed">Draw the weights from this text instead of the case's seed.</param>
    internal abstract TensorMap CaseWeights(ReferenceCase reference, string? seed);

    /// <summary>The networks, for so many hands of one image at once.</summary>
    internal abstract IEnumerable<SystemNetwork> Networks(TensorMap weights, EstimatorOptions options, int hands);

    /// <summary>Compiles the networks.</summary>
    internal abstract HandPipeline Open(TensorMap weights, Backend backend, EstimatorOptions options);

    /// <summary>The variant, the default one for null.</summary>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    internal string RequireVariant(string? variant) => variant is null
        ? Variants[0]
        : Variants.Contains(variant)
            ? variant
            : throw new ArgumentException($"{Id} has no variant '{variant}'; give one of {string.Join(", ", Variants)}");
}
