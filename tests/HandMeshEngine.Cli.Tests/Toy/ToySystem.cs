using HandMeshEngine.Conversion;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Cli.Tests.Toy;

/// <summary>A system in as few lines as the compiler allows: one linear layer from 8x8 pixels to a box of 8 vertices.</summary>
internal sealed class ToySystem : NetworkSystem
{
    public override string Id => "toy";

    public override string Title => "A box that shows what a system needs";

    public override string Paper => "none";

    public override string Accuracy => "none";

    public override string Speed => "none";

    public override string Terms => Licence;

    public override int InputSize => ToyModel.Size;

    internal override string Licence => "MIT";

    internal override IReadOnlyList<CaseKind> Cases { get; } =
    [
        new("toy.vertices", static c => c.Chain(
            new ToyModel(c.Weights),
            ToyModel.View,
            "image",
            [new Expected("toy.vertices", Tolerance.OfMax(1e-5), Tolerance.OfMax(1e-2))]))
        {
            Tables = static _ => ToyModel.Tables(),
        },
    ];

    internal override (float Gain, float Shift) GainOf(string tensor) => (1, 0);

    internal override TensorMap SyntheticTables() => ToyModel.Tables();

    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices)
    {
        foreach ((string name, Tensor table) in ToyModel.Tables())
        {
            tables.Add(name, table);
        }
    }

    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) => new ToyModel(weights);
}
