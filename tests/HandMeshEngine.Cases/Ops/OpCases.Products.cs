using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Cases.Ops;

/// <content>Linear layers, matrix products, attention.</content>
public static partial class OpCases
{
    private static IEnumerable<OpCase> Products()
    {
        foreach ((int rows, int depth, int outputs) in new[] { (1, 1152, 63), (1, 2048, 512), (21, 49, 224), (98, 259, 256), (778, 64, 3), (5, 7, 1), (1, 1, 1) })
        {
            yield return new OpCase($"linear {rows}x{depth}->{outputs}", scene =>
            {
                Value x = scene.Input("x", rows, depth);
                scene.Output(scene.Graph.Linear(x, scene.Weight(1 / MathF.Sqrt(depth), outputs, depth), scene.Weight(0.5f, outputs)));
            });
        }

        yield return new OpCase("linear on a vector", scene =>
            scene.Output(scene.Graph.Linear(scene.Input("x", 45), scene.Weight(0.1f, 19, 45))));
        foreach (Activation activation in EveryActivation)
        {
            yield return new OpCase($"linear batch residual {activation}", scene =>
            {
                Value x = scene.Input("x", 2, 31, 45);
                var op = new LinearOp(new Epilogue(true, true, activation));
                scene.Output(scene.Graph.Add(op, [x, scene.Weight(0.15f, 38, 45), .. EpilogueOperands(scene, op.Epilogue, 38, 2, 31, 38)]));
            });
        }

        yield return new OpCase("matmul batch by batch", scene =>
            scene.Output(scene.Graph.MatMul(scene.Input("a", 2, 13, 22), scene.Input("b", 2, 22, 35))));
        yield return new OpCase("matmul matrix by batch", scene =>
            scene.Output(scene.Graph.MatMul(scene.Weight(0.2f, 21, 778), scene.Input("b", 2, 778, 3))));
        yield return new OpCase("matmul batch by matrix", scene =>
            scene.Output(scene.Graph.MatMul(scene.Input("a", 3, 9, 17), scene.Weight(0.2f, 17, 64))));
        yield return new OpCase("matmul of a transposed value", scene =>
            scene.Output(scene.Graph.MatMul(scene.Input("a", 2, 9, 17), scene.Graph.Transpose(scene.Input("b", 2, 30, 17), 1, 2))));

        foreach ((int queries, int keys, int width, int heads) in new[] { (98, 98, 256, 4), (50, 196, 128, 1), (778, 778, 64, 4), (7, 5, 12, 3), (1, 1, 40, 2) })
        {
            yield return new OpCase($"attention {queries}x{keys} width {width} heads {heads}", scene =>
            {
                Value q = scene.Input("q", 1, queries, width), k = scene.Input("k", 1, keys, width), v = scene.Input("v", 1, keys, width);
                scene.Output(scene.Graph.Attention(q, k, v, heads, 1 / MathF.Sqrt(width / (float)heads)));
            });
        }

        yield return new OpCase("attention batch 2 on slices", scene =>
        {
            Value qkv = scene.Input("qkv", 2, 26, 96);
            Value Part(int i) => scene.Graph.Slice(qkv, 2, 32 * i, 32);
            scene.Output(scene.Graph.Attention(Part(0), Part(1), Part(2), 2, 0.25f));
        });
    }
}
