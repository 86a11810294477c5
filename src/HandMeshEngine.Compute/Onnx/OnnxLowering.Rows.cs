using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Onnx;

/// <content>Ops on rows, meshes and vectors.</content>
internal sealed partial class OnnxLowering
{
    // y = x W^T; a constant weight is turned here rather than in the exported graph.
    private string MatMulTransposed(string x, int weight)
    {
        if (graph.Nodes[weight].Op is not ConstantOp constant)
        {
            return onnx.Node("MatMul", [x, onnx.Node("Transpose", [NameOf(weight)], ("perm", new[] { 1, 0 }))]);
        }

        Shape shape = constant.Tensor.Shape;
        var turned = new Tensor(DType.Float32, new Shape(shape[1], shape[0]));
        for (int i = 0; i < shape.Count; i++)
        {
            turned.Span<float>()[((i % shape[1]) * shape[0]) + (i / shape[1])] = constant.Tensor.Span<float>()[i];
        }

        return onnx.Node("MatMul", [x, onnx.Initializer(constant.Name + ".T", turned)]);
    }

    private string Attention(AttentionOp op, string[] x, Node node)
    {
        Shape q = ShapeOf(node, 0), k = ShapeOf(node, 1);
        int head = q[2] / op.Heads;
        string Heads(string rows, int count) =>
            onnx.Node("Transpose", [Reshape(rows, [q[0], count, op.Heads, head])], ("perm", new[] { 0, 2, 1, 3 }));

        string keys = onnx.Node("Transpose", [Heads(x[1], k[1])], ("perm", new[] { 0, 1, 3, 2 }));
        string logits = onnx.Node("Mul", [onnx.Node("MatMul", [Heads(x[0], q[1]), keys]), onnx.Floats(Shape.Scalar, op.Scale)]);
        string mixed = onnx.Node("MatMul", [onnx.Node("Softmax", [logits], ("axis", -1)), Heads(x[2], k[1])]);
        return Reshape(onnx.Node("Transpose", [mixed], ("perm", new[] { 0, 2, 1, 3 })), q.Extents);
    }

    private string SoftArgmax(string x, Node node)
    {
        int bins = ShapeOf(node, 0)[-1];
        float[] index = [.. Enumerable.Range(0, bins).Select(i => (float)i)];
        string weighted = onnx.Node("Mul", [onnx.Node("Softmax", [x], ("axis", -1)), onnx.Floats(new Shape(bins), index)]);
        return Sum(weighted, -1, keep: false);
    }

    // [N, V, C] gathered to [N, M, L, C] by an index [M, L].
    private string GatherRows(string x, string index) => onnx.Node("Gather", [x, index], ("axis", 1));

    private string SpiralConv(string[] x, Node node)
    {
        Shape rows = ShapeOf(node, 0), index = ShapeOf(node, 1);
        string walks = Reshape(GatherRows(x[0], x[1]), [rows[0], index[0], index[1] * rows[2]]);
        return MatMulTransposed(walks, node.Inputs[2]);
    }

    private string SpiralDepthwise(string[] x, Node node)
    {
        string weight = onnx.Node("Transpose", [x[2]], ("perm", new[] { 1, 0 })); // [L, C]
        return Sum(onnx.Node("Mul", [GatherRows(x[0], x[1]), weight]), 2, keep: false);
    }

    private string Sparse(string x, string index, string value, Shape entries, int channels)
    {
        string weights = Reshape(value, [entries[0], entries[1], 1]);
        return channels == 0 ? x : Sum(onnx.Node("Mul", [GatherRows(x, index), weights]), 2, keep: false);
    }

    private string ChebTerms(ChebTermsOp op, string[] x, Node node)
    {
        Shape entries = ShapeOf(node, 1);
        int channels = ShapeOf(node, 0)[2];
        var terms = new List<string> { x[0], Sparse(x[0], x[1], x[2], entries, channels) };
        string two = onnx.Floats(Shape.Scalar, 2);
        while (terms.Count < op.Terms)
        {
            string doubled = onnx.Node("Mul", [Sparse(terms[^1], x[1], x[2], entries, channels), two]);
            terms.Add(onnx.Node("Sub", [doubled, terms[^2]]));
        }

        return onnx.Node("Concat", terms, ("axis", 2));
    }

    // The edges as a padded table: every row as long as the largest neighbourhood, padding with weight 0.
    private string GinAggregate(GinAggregateOp op, string[] x, Node node)
    {
        if (graph.Nodes[node.Inputs[1]].Op is not ConstantOp { Tensor: var rows } || graph.Nodes[node.Inputs[2]].Op is not ConstantOp { Tensor: var columns })
        {
            throw new GraphException("ginaggregate: ONNX export needs constant edges");
        }

        int vertices = rows.Shape.Count - 1;
        ReadOnlySpan<int> start = rows.Span<int>();
        int width = 1;
        for (int v = 0; v < vertices; v++)
        {
            width = Math.Max(width, 1 + start[v + 1] - start[v]);
        }

        var index = new Tensor(DType.Int64, new Shape(vertices, width));
        var value = new Tensor(DType.Float32, new Shape(vertices, width));
        for (int v = 0; v < vertices; v++)
        {
            index.Span<long>()[v * width] = v;
            value.Span<float>()[v * width] = 1 + op.Epsilon;
            for (int e = start[v]; e < start[v + 1]; e++)
            {
                index.Span<long>()[(v * width) + 1 + e - start[v]] = columns.Span<int>()[e];
                value.Span<float>()[(v * width) + 1 + e - start[v]] = 1;
            }
        }

        return Sparse(x[0], onnx.Initializer("edges.index", index), onnx.Initializer("edges.value", value), index.Shape, ShapeOf(node, 0)[2]);
    }

    private string BinCenters(BinCentersOp op, string[] x)
    {
        string raw = onnx.Node("Add", [onnx.Node("Relu", [x[0]]), onnx.Floats(Shape.Scalar, op.Epsilon)]);
        string width = onnx.Node("Div", [raw, Sum(raw, 1, keep: true)]);
        string before = onnx.Node("CumSum", [width, onnx.Initializer("axis", Tensor.From(Shape.Scalar, 1L))], ("exclusive", 1));
        string middle = onnx.Node("Add", [onnx.Node("Mul", [width, onnx.Floats(Shape.Scalar, 0.5f)]), before]);
        string low = Slice(Reshape(x[1], [2]), 0, 0, 1), high = Slice(Reshape(x[1], [2]), 0, 1, 1);
        return onnx.Node("Add", [onnx.Node("Mul", [middle, onnx.Node("Sub", [high, low])]), low]);
    }

    // The centred closed form of RootSolveOp without its guard: an exported network answers degenerate frames with NaN.
    private string RootSolve(string[] x, Node node)
    {
        int joints = ShapeOf(node, 0)[1], batch = ShapeOf(node, 0)[0];
        string Column(string rows, int column) => Reshape(Slice(rows, 2, column, 1), [batch, joints]);
        string Mul(string a, string b) => onnx.Node("Mul", [a, b]);
        string Sub(string a, string b) => onnx.Node("Sub", [a, b]);
        string s = x[2], u = Column(x[1], 0), v = Column(x[1], 1), z = Column(x[0], 2);
        string rx = Sub(Column(x[0], 0), Mul(z, u)), ry = Sub(Column(x[0], 1), Mul(z, v));
        string total = Sum(s, 1, keep: true);
        string Mean(string a) => onnx.Node("Div", [Sum(Mul(s, a), 1, keep: true), total]);
        string du = Sub(u, Mean(u)), dv = Sub(v, Mean(v)), dx = Sub(rx, Mean(rx)), dy = Sub(ry, Mean(ry));
        string spread = Sum(Mul(s, onnx.Node("Add", [Mul(du, du), Mul(dv, dv)])), 1, keep: true);
        string moment = Sum(Mul(s, onnx.Node("Add", [Mul(du, dx), Mul(dv, dy)])), 1, keep: true);
        string tz = onnx.Node("Div", [moment, spread]);
        string tx = Sub(Mul(Mean(u), tz), Mean(rx)), ty = Sub(Mul(Mean(v), tz), Mean(ry));
        string ex = Sub(Mul(du, tz), dx), ey = Sub(Mul(dv, tz), dy);
        string residual = onnx.Node("Sqrt", [Mean(onnx.Node("Add", [Mul(ex, ex), Mul(ey, ey)]))]);
        string one = onnx.Node("Div", [total, total]);
        return onnx.Node("Concat", [tx, ty, tz, one, onnx.Node("Div", [total, spread]), residual], ("axis", 1));
    }
}
