using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Systems.HandAr;

namespace HandMeshEngine.Meshes;

/// <summary>
/// Joint regressors [21, V] in the joint order of the engine: wrist, then thumb, index, middle, ring and little finger, each from
/// base to tip. Built from the tables that the user supplies.
/// </summary>
internal static class JointRegressors
{
    private const int Joints = 21;

    // handdgp.md 5: the row of j_reg.npy (MANO order, tips last) of every joint.
    private static readonly int[] _handDgpRows = [0, 13, 14, 15, 20, 1, 2, 3, 16, 4, 5, 6, 17, 10, 11, 12, 19, 7, 8, 9, 18];

    // handar.md 4: the row of J_regressor followed by one-hot rows of the five fingertip vertices, thumb first.
    private static readonly int[] _handArRows = [0, 13, 14, 15, 16, 1, 2, 3, 17, 4, 5, 6, 18, 10, 11, 12, 19, 7, 8, 9, 20];
    private static readonly int[] _handArTips = [745, 317, 445, 556, 673];

    /// <summary>handdgp's and mobrecon's regressor [1, 21, V] from <c>j_reg.npy</c> [21, V] in MANO order.</summary>
    /// <exception cref="ArgumentException">The tensor has no 21 rows.</exception>
    public static Tensor HandDgp(Tensor manoOrder)
    {
        RequireRows(manoOrder, Joints, "j_reg");
        return Rows(manoOrder, _handDgpRows).Reshape(new Shape(1, Joints, manoOrder.Shape[1]));
    }

    /// <summary>handar's regressor [21, V] from MANO's <c>J_regressor</c> [16, V]; fingertips are single vertices.</summary>
    /// <exception cref="ArgumentException">The tensor has no 16 rows, or too few vertices for the fingertips.</exception>
    public static Tensor HandAr(Tensor manoRegressor)
    {
        const int ManoJoints = 16;
        RequireRows(manoRegressor, ManoJoints, "J_regressor");
        int vertices = manoRegressor.Shape[1];
        if (vertices <= _handArTips.Max())
        {
            throw new ArgumentException($"J_regressor covers {vertices} vertices, but a fingertip is vertex {_handArTips.Max()}");
        }

        var all = new Tensor(DType.Float32, new Shape(Joints, vertices));
        manoRegressor.ToFloat32().Span<float>().CopyTo(all.Span<float>());
        for (int tip = 0; tip < _handArTips.Length; tip++)
        {
            all.Span<float>()[((ManoJoints + tip) * vertices) + _handArTips[tip]] = 1;
        }

        return Rows(all, _handArRows);
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
