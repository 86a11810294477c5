namespace HandMeshEngine.Cases.Ops;

internal static class ConcatCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ConcatOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (int axis in new[] { 1, 2, 3 })
        {
            yield return new OpCase($"concat maps on axis {axis}", scene =>
            {
                int[] Extents(int n) => [2, axis == 1 ? n : 11, axis == 2 ? n : 5, axis == 3 ? n : 6];
                scene.Output(scene.Graph.Concat(axis, scene.Input("a", Extents(7)), scene.Input("b", Extents(21)), scene.Input("c", Extents(3))));
            });
        }

        foreach (int axis in new[] { 1, 2 })
        {
            yield return new OpCase($"concat rows on axis {axis}", scene =>
            {
                int[] Extents(int n) => [2, axis == 1 ? n : 11, axis == 2 ? n : 5];
                scene.Output(scene.Graph.Concat(axis, scene.Input("a", Extents(7)), scene.Graph.Relu(scene.Input("b", Extents(21)))));
            });
        }
    }
}
