namespace HandMeshEngine.Cases.Ops;

internal static class SpiralDepthwiseCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<SpiralDepthwiseOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("spiraldepthwise", scene => scene.Output(scene.Graph.SpiralDepthwise(
            scene.Input("x", 2, 61, 35), scene.Table(61, 49, 9), scene.Weight(0.3f, 35, 9))));
    }
}
