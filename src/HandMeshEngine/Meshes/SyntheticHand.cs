namespace HandMeshEngine.Meshes;

/// <summary>
/// The project's own hand-like mesh and what belongs to it: enough to build every fixed table without licensed data. It stands in
/// for the real tables with <c>--weights random:SEED</c> and in the tests; its output means nothing.
/// </summary>
internal static class SyntheticHand
{
    // A joint mixes its nearest vertices, a fingertip takes one.
    private const int VerticesPerJoint = 12;

    // Knuckle (metres), direction in the palm plane (degrees, 90 = +y), curl per joint (degrees), bone lengths (metres); thumb first.
    private static readonly (Vector3d Knuckle, double Direction, double[] Curl, double[] Length)[] _fingers =
    [
        (new(0.0270, 0.0300, 0.0050), 48, [10, 18, 14], [0.040, 0.031, 0.026]),
        (new(0.0250, 0.0850, 0.0000), 79, [12, 24, 16], [0.038, 0.024, 0.020]),
        (new(0.0030, 0.0900, 0.0010), 91, [8, 20, 14], [0.042, 0.028, 0.021]),
        (new(-0.0180, 0.0850, 0.0000), 102, [11, 26, 17], [0.038, 0.026, 0.020]),
        (new(-0.0360, 0.0740, -0.0020), 117, [14, 28, 18], [0.030, 0.019, 0.017]),
    ];

    /// <summary>778 vertices in metres, 1538 faces, open at the wrist.</summary>
    public static TriangleMesh Mesh() => Read("mesh778.obj").ToMesh();

    /// <summary>A closed mesh of 1010 vertices in centimetres, with a forearm stub as vertices 473 to 528.</summary>
    public static ObjFile ClosedTemplate() => Read("template1010.obj");

    /// <summary>The 21 joints in metres: the wrist at the origin, then thumb to little finger, each from base to tip.</summary>
    public static Vector3d[] Joints()
    {
        var joints = new List<Vector3d> { default };
        foreach ((Vector3d knuckle, double direction, double[] curl, double[] length) in _fingers)
        {
            joints.Add(knuckle);
            double bend = 0;
            var flat = new Vector3d(Math.Cos(Radians(direction)), Math.Sin(Radians(direction)), 0);
            for (int bone = 0; bone < length.Length; bone++)
            {
                bend += Radians(curl[bone]);
                joints.Add(joints[^1] + (length[bone] * ((Math.Cos(bend) * flat) + new Vector3d(0, 0, Math.Sin(bend)))));
            }
        }

        return [.. joints];
    }

    /// <summary>
    /// Joint regressor [21, V], rows sum to 1: the 12 vertices nearest to a joint with the weights 1 / (d^2 + 1e-5), at a fingertip
    /// the nearest one.
    /// </summary>
    public static SparseMatrix JointRegressor(TriangleMesh mesh)
    {
        Vector3d[] joints = Joints();
        var entries = new SparseMatrix.Builder(joints.Length, mesh.VertexCount);
        for (int joint = 0; joint < joints.Length; joint++)
        {
            bool tip = joint > 0 && joint % 4 == 0;
            int[] near = NearestVertices.Of(mesh, joints[joint], tip ? 1 : VerticesPerJoint);
            double[] weights = Array.ConvertAll(near, v => 1 / ((mesh.Vertex(v) - joints[joint]).LengthSquared + 1e-5));
            double sum = weights.Sum();
            for (int k = 0; k < near.Length; k++)
            {
                entries.Add(joint, near[k], weights[k] / sum);
            }
        }

        return entries.Build();
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static ObjFile Read(string name)
    {
        using Stream stream = typeof(SyntheticHand).Assembly.GetManifestResourceStream("topology/" + name)
            ?? throw new InvalidOperationException($"the embedded mesh {name} is missing from this build");
        using var reader = new StreamReader(stream);
        return ObjFile.Read(reader);
    }
}
