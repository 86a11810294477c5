namespace HandMeshEngine.Cases.Ops;

internal static class MaxPoolCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<MaxPoolOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach ((int window, int stride, int padding, int size) in new[] { (2, 2, 0, 8), (2, 2, 0, 9), (3, 2, 1, 11), (3, 2, 1, 12), (3, 1, 1, 7), (5, 3, 2, 13) })
        {
            yield return new OpCase($"maxpool k{window} s{stride} p{padding} {size}x{size}", scene =>
                scene.Output(scene.Graph.MaxPool(scene.Input("x", 2, 37, size, size + 1), window, stride, padding)));
        }
    }
}
