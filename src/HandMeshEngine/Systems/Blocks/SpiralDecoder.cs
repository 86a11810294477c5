namespace HandMeshEngine.Systems.Blocks;

/// <summary>
/// Vertices from coarse to fine by spiral convolutions, as in MobRecon and HandDGP (docs/systems/handdgp.md 3.3). Fixed tables:
/// <c>decoder3d.up_transform.{i}</c> [V_i, V_(i+1)] (dense, nearly all zeros) and <c>level{i}.spiral</c> int [V_i, L], i = 0 the finest level.
/// </summary>
internal static class SpiralDecoder
{
    /// <summary>Number of levels that the tables describe.</summary>
    public static int Levels(GraphBuilder g)
    {
        int levels = 0;
        while (g.HasWeight(SpiralTables.SpiralKey(levels)))
        {
            levels++;
        }

        return levels;
    }

    /// <summary>Keypoint features to the coarsest vertices: lift [V, 21] times x [N, 21, C].</summary>
    public static Value Lift(GraphBuilder g, Value x, string lift) => g.MatMul(g.Parameter(lift), x);

    /// <summary>up to level <paramref name="level"/>, spiral convolution, ReLU.</summary>
    public static Value Layer(GraphBuilder g, Value x, string conv, int level) =>
        g.Relu(Convolution(g, Up(g, x, level), conv, level));

    /// <summary>
    /// The separable convolution (DSConv) d[v,c] = sum_j x[sp[v,j],c] spatial[c,j], o = channel d, or where the checkpoint has
    /// <c>layer</c> keys the full one, y[v] = W concat_j x[sp[v,j]] + b.
    /// </summary>
    public static Value Convolution(GraphBuilder g, Value x, string conv, int level)
    {
        Value spiral = g.Table(SpiralTables.SpiralKey(level));
        if (g.HasWeight($"{conv}.layer.weight"))
        {
            return g.SpiralConv(x, spiral, g.Parameter($"{conv}.layer.weight"), g.Parameter($"{conv}.layer.bias"));
        }

        Value spatial = g.Parameter($"{conv}.spatial_layer.weight"); // [C, 1, 3, 3], j = 3 row + column
        Shape shape = g.ShapeOf(spatial);
        Value d = g.SpiralDepthwise(x, spiral, g.Reshape(spatial, shape[0], shape.Count / shape[0]));
        return g.Linear(d, $"{conv}.channel_layer.weight");
    }

    /// <summary>y = U x with the few numbers of U that are not zero.</summary>
    private static Value Up(GraphBuilder g, Value x, int level)
    {
        string name = $"decoder3d.up_transform.{level}";
        Tensor dense = g.Weight(name);
        if (dense.Shape.Rank == 3) // saved with a batch axis: every item is the same matrix
        {
            var shape = new Shape(dense.Shape[1], dense.Shape[2]);
            dense = Tensor.From(shape, dense.ToFloat32().Span<float>()[..shape.Count]);
        }

        (Tensor index, Tensor value) = SparseMatrix.FromDense(dense).ToPaddedRows();
        return g.SparseMatMul(x, g.Constant($"{name}.index", index.ToInt32()), g.Constant($"{name}.value", value));
    }
}
