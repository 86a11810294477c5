namespace HandMeshEngine.Cases.Ops;

internal static class GatherCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<GatherOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("gather", scene => scene.Output(scene.Graph.Gather(scene.Input("x", 2, 61, 35), scene.Table(61, 90))));
        yield return new OpCase("gather by an input", scene => scene.Output(scene.Graph.Gather(
            scene.Input("x", 1, 61, 3), scene.Input("index", scene.Indices(61, new Shape(70))))));
    }
}
