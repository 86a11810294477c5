namespace HandMeshEngine.Cases.Ops;

internal static class AveragePoolCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<AveragePoolOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach ((int window, int stride) in new[] { (2, 2), (3, 1), (7, 7) })
        {
            yield return new OpCase($"averagepool k{window} s{stride}", scene =>
                scene.Output(scene.Graph.AveragePool(scene.Input("x", 2, 21, 14, 15), window, stride)));
        }
    }
}
