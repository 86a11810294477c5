namespace HandMeshEngine.Cases.Ops;

internal static class SpaceToDepthCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<SpaceToDepthOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("spacetodepth", scene => scene.Output(scene.Graph.SpaceToDepth(scene.Input("x", 2, 9, 6, 8))));
    }
}
