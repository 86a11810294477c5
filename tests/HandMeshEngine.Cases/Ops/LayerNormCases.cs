namespace HandMeshEngine.Cases.Ops;

internal static class LayerNormCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<LayerNormOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("layernorm", scene => scene.Output(scene.Graph.Add(
            new LayerNormOp(1e-5f), scene.Input("x", 2, 13, 70), scene.Weight(1, 70), scene.Weight(1, 70))));
    }
}
