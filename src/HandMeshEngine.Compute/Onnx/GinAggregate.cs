namespace HandMeshEngine.Compute.Onnx;

internal sealed class GinAggregate : OnnxOp<GinAggregateOp>
{
    // The edges as a padded table: every row as long as the largest neighbourhood, padding with weight 0.
    protected override string Write(OnnxLowering onnx, Node node, GinAggregateOp op, string[] x)
    {
        if (onnx.Network.Nodes[node.Inputs[1]].Op is not ConstantOp { Tensor: var rows } || onnx.Network.Nodes[node.Inputs[2]].Op is not ConstantOp { Tensor: var columns })
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

        return onnx.Weighted(x[0], onnx.Initializer("edges.index", index), onnx.Initializer("edges.value", value), index.Shape, onnx.ShapeOf(node, 0)[2]);
    }
}
