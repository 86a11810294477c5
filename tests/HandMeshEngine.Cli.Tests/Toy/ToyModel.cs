using System.Numerics;
using HandMeshEngine.Cameras;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Systems.Blocks;

namespace HandMeshEngine.Cli.Tests.Toy;

/// <summary>The toy's network: crop, one linear layer, half a metre away.</summary>
internal sealed class ToyModel(IReadOnlyDictionary<string, Tensor> weights) : HandModel(weights, "faces", VertexCount)
{
    public const int Size = 8;

    private const int VertexCount = 8;
    private const double MetresPerUnit = 0.1;

    private static readonly Vector3d _root = new(0, 0, 0.5);

    private readonly RelativeMesh _mesh = new(Table(weights, "joint_regressor"), VertexCount, MetresPerUnit);

    /// <summary>What the toy's cases look at.</summary>
    public static HandView View => new(new Intrinsics(500, 500, 32, 24), new HandBox(16, 8, 32, 32));

    /// <summary>The faces of a box, and joints that are its corners in turn.</summary>
    public static TensorMap Tables()
    {
        int[] faces = [0, 1, 2, 0, 2, 3, 4, 6, 5, 4, 7, 6, 0, 4, 5, 0, 5, 1, 1, 5, 6, 1, 6, 2, 2, 6, 7, 2, 7, 3, 3, 7, 4, 3, 4, 0];
        float[] regressor = new float[HandMesh.JointCount * VertexCount];
        for (int joint = 0; joint < HandMesh.JointCount; joint++)
        {
            regressor[(joint * VertexCount) + (joint % VertexCount)] = 1;
        }

        var tables = new TensorMap("the tables of the toy");
        tables.Add("faces", Tensor.From(new Shape(faces.Length / 3, 3), faces));
        tables.Add("joint_regressor", Tensor.From(new Shape(HandMesh.JointCount, VertexCount), regressor));
        return tables;
    }

    public override void Build(GraphBuilder g, int batch)
    {
        using GraphBuilder.Scope stage = g.Stage("box");
        Value crop = g.WarpNormalize(
            g.Image("image"), g.Input("crop", DType.Float64, batch, 3, 3), PixelScaling.Warp(Size, WarpSampling.Bilinear, 0.5f, 0.5f));
        Value x = g.Linear(g.Reshape(crop, batch, 3 * Size * Size), "head.weight", "head.bias");
        g.Output("toy.vertices", g.Reshape(x, batch, VertexCount, 3));
    }

    public override void Prepare(in HandView view, Session session, int item) =>
        WriteMatrix(session, "crop", item, BoxCrop.Centred(view.Box, 1, Size).Inverted.ToMatrix());

    public override void Finish(in HandView view, Session session, int item, HandMesh hand)
    {
        hand.WritableKeypoints.Fill(new Vector2((float)view.Box.CenterX, (float)view.Box.CenterY));
        _mesh.Place(Item(session, "toy.vertices", item, 3 * VertexCount), _root);
        HandPlacement.Write(
            hand, Surface, _mesh.Vertices, _mesh.Joints, _root, Matrix3d.Identity, view.Camera, condition: 0, PlacementFlags.None);
        hand.Crop = new Crop(view.Box.CenterX, view.Box.CenterY, view.Box.Width, view.Box.Height, 0);
    }
}
