namespace HandMeshEngine.Cases.Ops;

internal static class BinCentersCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<BinCentersOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("bincenters", scene => scene.Output(scene.Graph.BinCenters(
            scene.Input("y0", 2, 64), scene.Input("range", Tensor.From(new Shape(2), 0.3f, 3f)), 0.1f)));
        yield return new OpCase("bincenters with a constant range", scene => scene.Output(scene.Graph.BinCenters(
            scene.Input("y0", 1, 5), scene.Graph.Constant("range", new Shape(2), 0.3f, 3f), 1e-3f)));
    }
}
