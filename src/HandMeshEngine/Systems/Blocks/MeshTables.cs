using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.Blocks;

/// <summary>The tables <c>faces</c> [F, 3] and <c>joint_regressor</c> [21, V] of systems that leave the mesh to the user.</summary>
internal static class MeshTables
{
    /// <summary>Adds those of the synthetic hand.</summary>
    public static TensorMap WithSynthetic(TensorMap tables)
    {
        TriangleMesh mesh = SyntheticHand.Mesh();
        tables.Add("faces", Tensor.From(new Shape(mesh.FaceCount, 3), mesh.Faces));
        tables.Add("joint_regressor", SyntheticHand.JointRegressor(mesh).ToDense());
        return tables;
    }

    /// <summary>Adds those of <c>MANO_RIGHT.pkl</c>.</summary>
    /// <exception cref="CheckpointException">The file is missing or bad.</exception>
    public static void AddMano(TensorMap tables, TableFiles files)
    {
        (string path, object? mano) = files.Use(files.Mano, "MANO_RIGHT.pkl");
        Tensor regressor = PickledTables.Array(PickledTables.Entry(mano, "J_regressor", path), path, "J_regressor");
        tables.Add("faces", FromFile.Build(path, () => PickledTables.Array(PickledTables.Entry(mano, "f", path), path, "f").ToInt32()));
        tables.Add("joint_regressor", FromFile.Build(path, () => JointRegressors.FromMano(regressor)));
    }

    /// <summary>
    /// Adds what the files hold of both, for checkpoints that have all that the network needs: they are for the output. A mesh
    /// can stand in for tables that the checkpoint lacks.
    /// </summary>
    /// <param name="tables">Added to.</param>
    /// <param name="files">What the user gave.</param>
    /// <param name="build">Builds the system's own tables from a mesh and, if known, its joint regressor.</param>
    /// <exception cref="CheckpointException">A file is bad.</exception>
    public static void AddOptional(TensorMap tables, TableFiles files, Func<TriangleMesh, Tensor?, TensorMap> build)
    {
        if (files.Mano is not null)
        {
            AddMano(tables, files);
        }

        if (files.Faces is not null)
        {
            (string path, Tensor faces) = files.Use(files.Faces, "faces");
            tables.Set("faces", FromFile.Build(path, faces.ToInt32));
        }

        if (files.Regressor is not null)
        {
            tables.Set("joint_regressor", files.Use(files.Regressor, "a joint regressor").Value.ToFloat32());
        }

        if (files.Mesh is not null)
        {
            (string path, ObjFile obj) = files.Use(files.Mesh, "a mesh");
            TriangleMesh mesh = FromFile.Build(path, obj.ToMesh);
            tables.Set("faces", Tensor.From(new Shape(mesh.FaceCount, 3), mesh.Faces));
            FromFile.AddTo(tables, path, () => build(mesh, tables.TryGet("joint_regressor", out Tensor? regressor) ? regressor : null));
        }
    }

    /// <summary>The wrist, the regressor's first joint, of a mesh.</summary>
    /// <exception cref="ArgumentException">The regressor does not fit the mesh.</exception>
    public static Vector3d Wrist(TriangleMesh mesh, Tensor regressor)
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

    /// <summary>A case's tables with a prefix, its regressor, and the default of a constant that no case stores.</summary>
    public static TensorMap OfCase(ReferenceCase reference, string prefix, string constant, Tensor value)
    {
        TensorMap tables = reference.Prefixed(prefix);
        tables.Add("joint_regressor", reference.Tensors["joint_regressor"]);
        tables.Add(constant, value);
        return tables;
    }
}
