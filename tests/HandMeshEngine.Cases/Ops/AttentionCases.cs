namespace HandMeshEngine.Cases.Ops;

internal static class AttentionCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<AttentionOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
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
