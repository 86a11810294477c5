namespace HandMeshEngine.Cases.Ops;

internal static class BatchNormCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<BatchNormOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("batchnorm", scene => scene.Output(scene.Graph.Add(
            new BatchNormOp(1e-5f),
            scene.Input("x", 2, 37, 5, 6),
            scene.Weight(1, 37),
            scene.Weight(1, 37),
            scene.Weight(1, 37),
            scene.Positive(37))));
    }
}
