namespace HandMeshEngine.Systems.Blocks;

/// <summary>What the cases of inceptiongraph and pixelaligned share: one crop, a root-relative mesh, and one way to store both.</summary>
internal static class CmrCropChecks
{
    /// <summary>The chain's network input.</summary>
    public static readonly Expected Input = new("input", new Tolerance(2e-5), new Tolerance(2e-3));

    public static Expected Network(string tensor, double float16 = 5e-3) => new(tensor, Tolerance.OfMax(5e-5), Tolerance.OfMax(float16));

    /// <summary>A tensor of the network that is the result of a stage.</summary>
    public static Expected Result(string tensor) => Network(tensor) with { Value = "result" };

    /// <summary>The camera of the crop, as stored.</summary>
    public static Intrinsics CropCamera(Checks c) => Camera(c.Case.Tensors["crop_camera"]);

    /// <summary>The crop's camera from the stored box and camera.</summary>
    public static void Geometry(Checks c)
    {
        Intrinsics crop = View(c).Camera.Cropped(CmrCrop.ImageToCrop(View(c)));
        double[] actual = [crop.Fx, crop.Fy, crop.Cx, crop.Cy];
        Tensor expected = c.Case.Tensors["crop_camera"];
        c.Host("crop", "crop_camera", i => actual[i], Tolerance.Exact, i => 1e-9 * Math.Abs(expected[i]));
    }

    /// <summary>Root, mesh and joints in camera space from stored network outputs.</summary>
    public static void CameraSpace(Checks c, Vector3d root, double metresPerUnit) =>
        CameraSpace(c, root, c.Case.Tensors["mesh_rel"].Span<float>(), metresPerUnit, new Tolerance(1e-6));

    /// <summary>The whole network from the stored or drawn image, and camera space from its outputs.</summary>
    public static void Chain(
        Checks c, Action<GraphBuilder> build, IReadOnlyList<Expected> expected, Func<Session, Vector3d> root, double metresPerUnit)
    {
        if (c.Case.Image("image") is not { } image)
        {
            return;
        }

        c.Graph(
            "chain",
            "chain",
            build,
            session => CmrCrop.ImageToCrop(View(c)).Inverted.ToMatrix().CopyTo(session.Input<double>("crop")),
            image,
            expected,
            session => CameraSpace(
                c, root(session), session.Output("mesh_rel"), metresPerUnit, c.Tolerance(Tolerance.OfMax(5e-5), Tolerance.OfMax(5e-3))));
    }

    private static void CameraSpace(Checks c, Vector3d root, ReadOnlySpan<float> relative, double metresPerUnit, Tolerance tolerance)
    {
        var mesh = new RelativeMesh(c.Weights["joint_regressor"], relative.Length / 3, metresPerUnit);
        mesh.Place(relative, root);
        float[] vertices = mesh.Vertices.ToArray(), joints = mesh.Joints.ToArray();
        double[] place = [root.X, root.Y, root.Z];
        c.Host("camera", "root", i => place[i], tolerance);
        c.Host("camera", "mesh_cam", i => vertices[i], tolerance);
        c.Host("camera", "joints_cam", i => joints[i], tolerance);
    }

    private static HandView View(Checks c)
    {
        Tensor box = c.Case.Tensors["box"];
        return new HandView(Camera(c.Case.Tensors["camera"]), new HandBox(box[0], box[1], box[2], box[3]));
    }

    private static Intrinsics Camera(Tensor camera) => new(camera[0], camera[1], camera[2], camera[3]);
}
