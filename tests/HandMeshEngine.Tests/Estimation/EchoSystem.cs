using HandMeshEngine.Conversion;
using HandMeshEngine.Systems.Blocks;
using HandMeshEngine.Systems;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Tests.Estimation;

/// <summary>A system whose hand lies where its box is, or in a share of it: what a network that knows hands would say, without one.</summary>
/// <param name="share">Of the box's sides.</param>
internal sealed class EchoSystem(double share) : NetworkSystem
{
    private const int VertexCount = 8;

    public override string Id => "echo";

    public override string Title => "A box in its box";

    public override string Paper => "none";

    public override string Accuracy => "none";

    public override string Speed => "none";

    public override string Terms => Licence;

    public override int InputSize => 8;

    internal override string Licence => "MIT";

    internal override IReadOnlyList<CaseKind> Cases => [];

    /// <summary>Where the next hand is read from.</summary>
    public List<HandBox> Boxes { get; } = [];

    /// <summary>Faces, and joints at the corners in turn.</summary>
    public static TensorMap Weights()
    {
        float[] regressor = new float[HandMesh.JointCount * VertexCount];
        var weights = new TensorMap("the echo");
        weights.Add("faces", Tensor.From(new Shape(2, 3), new[] { 0, 1, 2, 4, 5, 6 }));
        weights.Add("joint_regressor", Tensor.From(new Shape(HandMesh.JointCount, VertexCount), regressor));
        return weights;
    }

    internal override (float Gain, float Shift) GainOf(string tensor) => (1, 0);

    internal override TensorMap SyntheticTables() => Weights();

    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices)
    {
    }

    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) => new EchoModel(this, weights, share);

    private sealed class EchoModel(EchoSystem system, IReadOnlyDictionary<string, Tensor> weights, double share) : HandModel(weights, "faces", VertexCount)
    {
        private const int Size = 8;

        private readonly float[] _vertices = new float[3 * VertexCount];
        private readonly float[] _joints = new float[3 * HandMesh.JointCount];

        public override void Build(GraphBuilder g, int batch) => g.Output("seen", g.Tap("mean", g.Reduce(
            g.WarpNormalize(g.Image("image"), g.Input("crop", DType.Float64, batch, 3, 3), PixelScaling.Warp(Size, WarpSampling.Bilinear, 0.5f, 0.5f)),
            Reduction.Mean,
            firstAxis: 2)));

        public override void Prepare(in HandView view, Session session, int item) =>
            WriteMatrix(session, "crop", item, BoxCrop.Centred(view.Box, 1, Size).Inverted.ToMatrix());

        public override void Finish(in HandView view, Session session, int item, HandMesh hand)
        {
            system.Boxes.Add(view.Box);
            for (int i = 0; i < HandMesh.JointCount; i++)
            {
                double x = view.Box.CenterX + (share * view.Box.Width * ((i % 2) - 0.5)), y = view.Box.CenterY + (share * view.Box.Height * ((i / 2 % 2) - 0.5));
                hand.WritableKeypoints[i] = new Vector2((float)x, (float)y);
                Vector3d place = view.Camera.Ray(x, y) * 0.5;
                place.CopyTo(_joints, i);
                if (i < VertexCount)
                {
                    place.CopyTo(_vertices, i);
                }
            }

            HandPlacement.Write(hand, Surface, _vertices, _joints, default, Matrix3d.Identity, view.Camera, condition: 0, PlacementFlags.None);
        }
    }
}
