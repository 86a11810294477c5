namespace HandMeshEngine.Meshes;

/// <summary>
/// Joint regressors [21, V] in the engine's joint order (wrist, then thumb, index, middle, ring and little finger, each from base
/// to tip) from tables in MANO's.
/// </summary>
internal static class JointRegressors
{
    private const int Joints = 21;
    private const int ManoJoints = 16;

    // The row of a table of 21 joints in MANO's order, tips last, thumb to little finger.
    private static readonly int[] _rowsWithTips = [0, 13, 14, 15, 20, 1, 2, 3, 16, 4, 5, 6, 17, 10, 11, 12, 19, 7, 8, 9, 18];

    // The row of MANO's 16 joints followed by one-hot rows of the five fingertip vertices, thumb first.
    private static readonly int[] _rowsBeforeTips = [0, 13, 14, 15, 16, 1, 2, 3, 17, 4, 5, 6, 18, 10, 11, 12, 19, 7, 8, 9, 20];
    private static readonly int[] _tipVertices = [745, 317, 445, 556, 673];

    /// <summary>From 21 rows in MANO's joint order, fingertips last (HandMesh's <c>j_reg.npy</c>), as [1, 21, V].</summary>
    /// <exception cref="ArgumentException">The tensor has no 21 rows.</exception>
    public static Tensor FromManoOrder(Tensor regressor)
    {
        RequireRows(regressor, Joints, "j_reg");
        return Rows(regressor, _rowsWithTips).Reshape(new Shape(1, Joints, regressor.Shape[1]));
    }

    /// <summary>From MANO's own <c>J_regressor</c> [16, V]; fingertips are single vertices of its mesh.</summary>
    /// <exception cref="ArgumentException">The tensor has no 16 rows, or too few vertices for the fingertips.</exception>
    public static Tensor FromMano(Tensor regressor)
    {
        RequireRows(regressor, ManoJoints, "J_regressor");
        int vertices = regressor.Shape[1];
        if (vertices <= _tipVertices.Max())
        {
            throw new ArgumentException($"J_regressor covers {vertices} vertices, but a fingertip is vertex {_tipVertices.Max()}");
        }

        var all = new Tensor(DType.Float32, new Shape(Joints, vertices));
        regressor.ToFloat32().Span<float>().CopyTo(all.Span<float>());
        for (int tip = 0; tip < _tipVertices.Length; tip++)
        {
            all.Span<float>()[((ManoJoints + tip) * vertices) + _tipVertices[tip]] = 1;
        }

        return Rows(all, _rowsBeforeTips);
    }

    private static Tensor Rows(Tensor source, int[] rows)
    {
        int columns = source.Shape[1];
        var result = new Tensor(DType.Float32, new Shape(rows.Length, columns));
        ReadOnlySpan<float> from = source.ToFloat32().Span<float>();
        for (int row = 0; row < rows.Length; row++)
        {
            from.Slice(rows[row] * columns, columns).CopyTo(result.Span<float>()[(row * columns)..]);
        }

        return result;
    }

    private static void RequireRows(Tensor tensor, int rows, string name)
    {
        if (tensor.Shape.Rank != 2 || tensor.Shape[0] != rows)
        {
            throw new ArgumentException($"{name} has the shape {tensor.Shape}, but should have {rows} rows, one a joint, and a column a vertex");
        }
    }
}
