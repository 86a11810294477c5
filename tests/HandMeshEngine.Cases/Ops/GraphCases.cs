namespace HandMeshEngine.Cases.Ops;

/// <summary>Small graphs of several ops, each about one decision of a planner.</summary>
internal static class GraphCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("bottleneck with a shared border", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(scene.Input("x", 1, 20, 9, 9));
            Value y = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 12, 20, 1, 1), scene.Weight(0.3f, 12), 1, default));
            y = g.Relu(g.Conv2d(y, scene.Weight(0.1f, 12, 12, 3, 3), scene.Weight(0.3f, 12), 1, Padding.Same(1)));
            y = g.Conv2d(y, scene.Weight(0.2f, 20, 12, 1, 1), scene.Weight(0.3f, 20), 1, default);
            scene.Output(g.Relu(g.Sum(x, y)));
        });
        yield return new OpCase("parts written into their concatenation", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = scene.Input("x", 2, 11, 7, 8);
            Value a = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 21, 11, 3, 3), null, 1, Padding.Same(1)));
            Value b = g.Resize(g.MaxPool(a, 2, 2), 7, 8);
            Value joined = g.Concat(1, a, b, x, a);
            Value deep = g.Concat(1, joined, g.Conv2d(joined, scene.Weight(0.1f, 5, 74, 3, 3), null, 1, Padding.Same(1)));
            scene.Output(g.Conv2d(deep, scene.Weight(0.1f, 17, 79, 3, 3), null, 2, Padding.Same(1)));
            scene.Output(b, "b");
        });
        yield return new OpCase("features sampled onto a mesh", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value map = g.Relu(g.Conv2d(scene.Input("x", 1, 8, 9, 9), scene.Weight(0.2f, 33, 8, 3, 3), null, 1, Padding.Same(1)));
            Value points = g.Scale(scene.Input("points", 1, 40, 2), 3, 4);
            Value features = g.Concat(2, g.GridSample(map, points, SampleBorder.Clamp), points);
            Value rows = g.Relu(g.Linear(features, scene.Weight(0.2f, 24, 35), scene.Weight(0.2f, 24)));
            scene.Output(g.SpiralConv(g.Concat(2, rows, features), scene.Table(40, 40, 9), scene.Weight(0.05f, 3, 9 * 59)));
        });
        yield return new OpCase("tokens of a map and back", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value map = g.Conv2d(scene.Input("x", 2, 8, 6, 5), scene.Weight(0.3f, 20, 8, 1, 1), null, 1, default);
            Value tokens = g.PixelsToRows(map);
            Value mixed = g.Sum(tokens, g.Attention(tokens, tokens, tokens, 2, 0.3f));
            Value back = g.Reshape(g.Transpose(mixed, 1, 2), 2, 20, 6, 5);
            scene.Output(g.Conv2d(back, scene.Weight(0.1f, 9, 20, 3, 3), null, 1, Padding.Same(1)));
            scene.Output(g.Linear(g.Reshape(map, 2, 20, 30), scene.Weight(0.2f, 7, 30)), "by channel");
        });
        yield return new OpCase("spacetodepth before a convolution of single pixels", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value blocks = g.SpaceToDepth(g.Relu(scene.Input("x", 2, 9, 6, 8)));
            scene.Output(g.Relu(g.Conv2d(blocks, scene.Weight(0.2f, 20, 36, 1, 1), scene.Weight(0.2f, 20), 1, default)));
        });
        yield return new OpCase("branches side by side", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(scene.Input("x", 1, 13, 11, 9));
            Value points = g.Reshape(g.Transpose(g.Reshape(x, 1, 13, 99), 1, 2), 1, 99, 13);
            Value a = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 35, 13, 3, 3), scene.Weight(0.3f, 35), 1, Padding.Same(1)));
            Value b = g.Conv2d(g.MaxPool(x, 3, 2, 1), scene.Weight(0.3f, 7, 13, 1, 1), null, 1, default);
            Value c = g.Conv2d(x, scene.Weight(0.3f, 13, 1, 3, 3), scene.Weight(0.3f, 13), 1, Padding.Same(1), groups: 13);
            Value d = g.Linear(points, scene.Weight(0.2f, 70, 13), scene.Weight(0.3f, 70));
            scene.Output(g.Concat(1, a, g.Resize(b, 11, 9, ResizeMode.Nearest), c));
            scene.Output(g.Attention(d, d, d, 2, 0.2f), "rows");
            scene.Output(g.Reduce(c, Reduction.Mean, 2, 2), "mean");
        });
        yield return new OpCase("the tail of a mesh network", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value map = scene.Input("x", 1, 33, 7, 7), k = scene.Input("rows", 1, 21, 35), gate = scene.Input("gate", 1, 70), w = scene.Input("weights", 1, 21);
            k = g.Activate(g.Linear(k, scene.Weight(0.2f, 50, 35)), Activation.Clamp(0, 4));
            k = g.Linear(k, scene.Weight(0.1f, 2, 50));
            Value v = g.Linear(g.GridSample(map, k, SampleBorder.Clamp), scene.Weight(0.2f, 130, 33), scene.Weight(0.2f, 130));
            foreach ((int from, int to) in new[] { (21, 49), (49, 98) })
            {
                v = g.SparseMatMul(v, scene.Table(from, to, 3), scene.Weight(0.5f, to, 3));
                v = g.SpiralDepthwise(v, scene.Table(to, to, 9), scene.Weight(0.3f, 130, 9));
                v = g.Activate(g.Linear(v, scene.Weight(0.1f, 130, 130), scene.Weight(0.2f, 130)), Activation.LeakyRelu(0.1f));
            }

            gate = g.Sigmoid(g.Linear(gate, scene.Weight(0.2f, 130, 70), scene.Weight(0.2f, 130)));
            v = g.Linear(g.Multiply(v, g.Reshape(gate, 1, 1, 130)), scene.Weight(0.1f, 3, 130));
            Value p = g.MatMul(scene.Weight(0.1f, 21, 98), v);
            Value root = g.RootSolve(p, k, g.Multiply(w, w));
            scene.Output(g.Sum(v, g.Reshape(g.Slice(root, 1, 0, 3), 1, 1, 3)));
            scene.Output(p, "joints");
        });
        yield return new OpCase("an input and a constant as results", scene =>
        {
            Value x = scene.Input("x", 1, 4, 3, 3);
            scene.Output(x);
            scene.Output(scene.Graph.Relu(scene.Weight(1, 2, 5)), "folded");
            scene.Output(scene.Graph.Slice(x, 1, 1, 2), "part");
        });
    }
}
