namespace HandMeshEngine.Systems.Blocks;

/// <summary>
/// A root-relative mesh in network units, placed in camera space, with its joints: mesh_cam = unit mesh_rel + root, joints =
/// regressor mesh_cam. Reuses its buffers: one caller at a time.
/// </summary>
internal sealed class RelativeMesh
{
    private readonly SparseMatrix _regressor;
    private readonly double _metresPerUnit;
    private readonly float[] _vertices;
    private readonly float[] _joints;

    /// <summary>For meshes that fit this joint regressor [21, V].</summary>
    /// <exception cref="GraphException">The regressor does not have a row a joint and a column a vertex.</exception>
    public RelativeMesh(Tensor regressor, int vertexCount, double metresPerUnit)
    {
        if (!regressor.Shape.Equals(new Shape(HandMesh.JointCount, vertexCount)))
        {
            throw new GraphException($"the table 'joint_regressor' is {regressor.Shape}, but the mesh needs [{HandMesh.JointCount}, {vertexCount}]");
        }

        _regressor = SparseMatrix.FromDense(regressor);
        _metresPerUnit = metresPerUnit;
        _vertices = new float[3 * vertexCount];
        _joints = new float[3 * HandMesh.JointCount];
    }

    /// <summary>[V, 3] metres, of the last call.</summary>
    public ReadOnlySpan<float> Vertices => _vertices;

    /// <summary>[21, 3] metres, of the last call.</summary>
    public ReadOnlySpan<float> Joints => _joints;

    /// <summary>Places a mesh; all arithmetic in double.</summary>
    /// <param name="relative">[V, 3] network units.</param>
    /// <param name="root">The wrist, metres.</param>
    public void Place(ReadOnlySpan<float> relative, Vector3d root)
    {
        for (int v = 0; v < _vertices.Length / 3; v++)
        {
            ((At(relative, v) * _metresPerUnit) + root).CopyTo(_vertices, v);
        }

        for (int joint = 0; joint < HandMesh.JointCount; joint++)
        {
            Vector3d sum = default;
            ReadOnlySpan<int> vertices = _regressor.ColumnsOf(joint);
            ReadOnlySpan<double> weights = _regressor.ValuesOf(joint);
            for (int k = 0; k < vertices.Length; k++)
            {
                sum += ((At(relative, vertices[k]) * _metresPerUnit) + root) * weights[k];
            }

            sum.CopyTo(_joints, joint);
        }
    }

    private static Vector3d At(ReadOnlySpan<float> points, int i) => new(points[3 * i], points[(3 * i) + 1], points[(3 * i) + 2]);
}
