namespace HandMeshEngine.Cases.Ops;

internal static class SoftArgmaxCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<SoftArgmaxOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("softargmax of maps", scene => scene.Output(scene.Graph.SoftArgmax(scene.Input("x", 2, 78, 64))));
        yield return new OpCase("softargmax of rows", scene => scene.Output(scene.Graph.SoftArgmax(scene.Input("x", 9, 30))));
    }
}
