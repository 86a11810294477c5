using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.HandDgp;

/// <summary>HandDGP (docs/systems/handdgp.md): ResNet, spiral decoder and differentiable global positioning.</summary>
internal sealed class HandDgpSystem : NetworkSystem
{
    // ResNet-101: layer3 has 23 units instead of 6 (docs/systems/handdgp.md 3.1).
    private const string Deep = "r101";
    private const string LastOfLayer3 = "backbone.layer3.5.";
    private const int UnitsOfLayer3 = 23;

    /// <inheritdoc/>
    public override string Id => "handdgp";

    /// <inheritdoc/>
    public override string Title => "HandDGP: camera-space mesh by differentiable global positioning";

    /// <inheritdoc/>
    public override string Paper =>
        "E. Valassakis, G. Garcia-Hernando, \"HandDGP: Camera-Space Hand Mesh Prediction with Differentiable Global Positioning\", ECCV 2024";

    /// <inheritdoc/>
    public override string Accuracy => "FreiHAND, mm: camera space 46.3 joints / 46.3 vertices, Procrustes-aligned 7.4 / 7.6";

    /// <inheritdoc/>
    public override string Speed => "not in the paper's main text";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedScore> Published { get; } =
    [
        new("freihand", "cs_joints", 46.3),
        new("freihand", "cs_vertices", 46.3),
        new("freihand", "pa_joints", 7.4),
        new("freihand", "pa_vertices", 7.6),
    ];

    /// <inheritdoc/>
    public override string Terms => Licence + "; neither comes with the engine";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = ["default", Deep];

    /// <inheritdoc/>
    public override int InputSize => HandDgpNetwork.Size;

    /// <inheritdoc/>
    public override bool HasVirtualCamera => true;

    /// <inheritdoc/>
    internal override string Licence =>
        "weights: Niantic licence, non-commercial, do not pass on; tables: MANO licence, non-commercial, do not pass on";

    /// <inheritdoc/>
    internal override IReadOnlyList<CaseKind> Cases { get; } =
    [
        new("net.kpts2d", HandDgpChecks.Run) { NotWith = "net.stack2_out", Tables = SpiralTables.OfCase },
        new("level0.spiral", HandDgpChecks.RunTables) { Prefixes = ["tables-"] },
        new("spiral9", HandDgpChecks.RunSpiralEdges) { Prefixes = ["spiral-edge-"] },
        new("kpts2d_px", HandDgpChecks.RunRootSolves) { Prefixes = ["dgp-"] },
    ];

    // docs/systems/handdgp.md 6: every occurrence, not only the first.
    /// <inheritdoc/>
    protected override NameRules Names { get; } =
        new() { Rename = static name => name.Replace("model.", "", StringComparison.Ordinal) };

    /// <inheritdoc/>
    internal override (float Gain, float Shift) GainOf(string tensor) => tensor switch
    {
        // Keypoints inside the feature map and a clamp that is reached.
        "decoder2d.0.0.weight" => (2, 0),
        "decoder2d.2.0.weight" => (0.5f, 0.0125f),
        "decoder3d.final_layer.channel_layer.weight" => (0.25f, 0),
        _ => (1, 0),
    };

    /// <inheritdoc/>
    internal override WeightManifest Manifest(string variant)
    {
        var lines = new List<string>(EmbeddedText.Lines(GetType().Assembly, $"{Id}.tensors"));
        if (RequireVariant(variant) == Deep)
        {
            string[] unit = [.. lines.Where(line => line.StartsWith(LastOfLayer3, StringComparison.Ordinal))];
            int end = lines.LastIndexOf(unit[^1]) + 1;
            lines.InsertRange(end, Enumerable.Range(6, UnitsOfLayer3 - 6).SelectMany(
                number => unit.Select(line => string.Create(CultureInfo.InvariantCulture, $"backbone.layer3.{number}.{line[LastOfLayer3.Length..]}"))));
        }

        return WeightManifest.Parse(Id, variant, lines);
    }

    /// <inheritdoc/>
    internal override TensorMap SyntheticTables() => SpiralTables.Synthetic();

    /// <inheritdoc/>
    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices) =>
        SpiralTables.Add(tables, files, notices);

    /// <inheritdoc/>
    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) =>
        new HandDgpModel(weights, virtualCamera);
}
