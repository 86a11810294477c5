using HandMeshEngine.Cameras;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Meshes;
using HandMeshEngine.Systems;
using HandMeshEngine.Systems.GraphHand;
using HandMeshEngine.Systems.HandAr;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Systems.PixelAligned;

namespace HandMeshEngine.Conversion;

/// <summary>Builds the fixed tables of each system from the files that the user supplies.</summary>
internal static class SystemTables
{
    /// <summary>The tables under the names of a converted file.</summary>
    /// <exception cref="CheckpointException">A file that is needed is missing, or its content is bad.</exception>
    public static TensorMap Build(string system, TableFiles files, List<string> notices)
    {
        var tables = new TensorMap("--tables");
        switch (system)
        {
            // A ready set of tables stands for every other file.
            case "handdgp" or "mobrecon" when files.Ready?.Contains(HandDgpTables.SpiralKey(0)) != true:
                AddHandDgp(tables, files, system == "mobrecon", notices);
                break;
            case "graphhand" when files.Ready?.Contains("table.perm") != true:
                AddGraphHand(tables, files, notices);
                break;
            case "handar" when files.Ready?.Contains("joint_regressor") != true:
                (string path, object? mano) = files.Use(files.Mano, "MANO_RIGHT.pkl");
                AddMano(tables, path, mano);
                break;
            case "inceptiongraph" or "pixelaligned":
                AddOptional(system, tables, files);
                break;
        }

        files.AddReady(tables);
        files.Report(notices);
        return tables;
    }

    private static void AddHandDgp(TensorMap tables, TableFiles files, bool withMatrices, List<string> notices)
    {
        (string path, object? root) = files.Use(files.Transform, "HandMesh's template/transform.pkl");
        IReadOnlyList<object?> vertices = PickledTables.Items(PickledTables.Entry(root, "vertices", path), path, "vertices");
        IReadOnlyList<object?> faces = PickledTables.Items(PickledTables.Entry(root, "face", path), path, "face");
        if (vertices.Count < HandDgpTables.Levels || faces.Count < HandDgpTables.Levels)
        {
            throw new CheckpointException(
                path, $"{HandDgpTables.Levels} mesh levels are needed but {Math.Min(vertices.Count, faces.Count)} are there");
        }

        Merge(tables, Guard(path, () => HandDgpTables.Build(
            [.. Enumerable.Range(0, HandDgpTables.Levels).Select(level => MeshOf(vertices[level], faces[level], path))])));
        CompareWithReleased(
            path, files, notices,
            Enumerable.Range(0, HandDgpTables.Levels).Select(
                level => (tables[HandDgpTables.SpiralKey(level)], ReleasedTables.HandDgpSpirals[level])));
        if (!withMatrices)
        {
            return;
        }

        IReadOnlyList<object?> matrices = PickledTables.Items(PickledTables.Entry(root, "up_transform", path), path, "up_transform");
        for (int level = 0; level < Math.Min(matrices.Count, HandDgpTables.Levels); level++)
        {
            tables.Add($"decoder3d.up_transform.{level}", PickledTables.Array(matrices[level], path, "up_transform").ToFloat32());
        }

        (string regressorPath, Tensor regressor) = files.Use(files.Regressor, "HandMesh's template/j_reg.npy");
        if (!files.IsPublished(regressorPath))
        {
            notices.Add(NotReleased(regressorPath));
        }

        tables.Add("j_reg", Guard(regressorPath, () => JointRegressors.HandDgp(regressor)));
    }

    private static void AddGraphHand(TensorMap tables, TableFiles files, List<string> notices)
    {
        (string path, ObjFile template) = files.Use(files.Mesh, "the authors' template mesh data/0214_lowP_vn_g.0001.obj");
        Merge(tables, Guard(path, () => GraphHandTables.FromTemplate(template.Faces).ToTensors()));
        CompareWithReleased(path, files, notices,
        [
            (tables["table.perm"], ReleasedTables.GraphHandPermutation),
            (tables["table.perm_reverse"], ReleasedTables.GraphHandPositions),
            (tables["table.faces"], ReleasedTables.GraphHandFaces),
        ]);
    }

    private static void AddMano(TensorMap tables, string path, object? mano)
    {
        Tensor regressor = PickledTables.Array(PickledTables.Entry(mano, "J_regressor", path), path, "J_regressor");
        tables.Add("faces", Guard(path, () => PickledTables.Array(PickledTables.Entry(mano, "f", path), path, "f").ToInt32()));
        tables.Add("joint_regressor", Guard(path, () => JointRegressors.HandAr(regressor)));
    }

    // Checkpoints of these two hold what the network needs; faces and regressor are for the output. A mesh can stand in
    // for tables that the checkpoint lacks.
    private static void AddOptional(string system, TensorMap tables, TableFiles files)
    {
        if (files.Mano is not null)
        {
            (string path, object? mano) = files.Use(files.Mano, "MANO_RIGHT.pkl");
            AddMano(tables, path, mano);
        }

        if (files.Faces is not null)
        {
            (string path, Tensor faces) = files.Use(files.Faces, "faces");
            tables.Set("faces", Guard(path, faces.ToInt32));
        }

        if (files.Regressor is not null)
        {
            tables.Set("joint_regressor", files.Use(files.Regressor, "a joint regressor").Value.ToFloat32());
        }

        if (files.Mesh is not null)
        {
            (string path, ObjFile obj) = files.Use(files.Mesh, "a mesh");
            TriangleMesh mesh = Guard(path, obj.ToMesh);
            tables.Set("faces", Tensor.From(new Shape(mesh.FaceCount, 3), mesh.Faces));
            if (system == "inceptiongraph")
            {
                Merge(tables, Guard(path, () => InceptionGraphTables.Build(mesh)));
            }
            else if (tables.TryGet("joint_regressor", out Tensor? regressor))
            {
                Merge(tables, Guard(path, () => PixelAlignedTables.Build(mesh, Wrist(mesh, regressor))));
            }
        }
    }

    private static Vector3d Wrist(TriangleMesh mesh, Tensor regressor)
    {
        if (regressor.Shape.Rank != 2 || regressor.Shape[0] == 0 || regressor.Shape[1] != mesh.VertexCount)
        {
            throw new ArgumentException($"the joint regressor {regressor.Shape} does not fit the mesh's {mesh.VertexCount} vertices");
        }

        (double x, double y, double z) = (0, 0, 0);
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            (double weight, Vector3d p) = (regressor[v], mesh.Vertex(v));
            (x, y, z) = (x + (weight * p.X), y + (weight * p.Y), z + (weight * p.Z));
        }

        return new Vector3d(x, y, z);
    }

    private static TriangleMesh MeshOf(object? vertices, object? faces, string path)
    {
        Tensor positions = PickledTables.Array(vertices, path, "vertices");
        Tensor corners = PickledTables.Array(faces, path, "face").ToInt32();
        double[] coordinates = new double[positions.Shape.Count];
        for (int i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = positions[i];
        }

        return new TriangleMesh(coordinates, corners.Span<int>());
    }

    // Another file may give the same tables (other line ends, saved anew): what counts is what is built from it.
    private static void CompareWithReleased(
        string path, TableFiles files, List<string> notices, IEnumerable<(Tensor Table, string Released)> tables)
    {
        if (tables.All(pair => ReleasedTables.Fingerprint(pair.Table.Span<int>()) == pair.Released))
        {
            return;
        }

        if (files.IsPublished(path))
        {
            throw new CheckpointException(
                path, "this is the authors' file, but the tables built from it are not the authors': please report this as a bug");
        }

        notices.Add(NotReleased(path));
    }

    private static string NotReleased(string path) =>
        $"{path}: this is not the table of the authors' released weights; the result is right only for weights that were trained with it";

    private static void Merge(TensorMap tables, TensorMap more)
    {
        foreach ((string name, Tensor tensor) in more)
        {
            tables.Set(name, tensor);
        }
    }

    // Topology speaks of bad arguments; for the user it is a bad file.
    private static T Guard<T>(string path, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new CheckpointException(path, error.Message, cause: error);
        }
    }
}
