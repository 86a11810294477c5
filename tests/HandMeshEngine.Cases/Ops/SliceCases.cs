namespace HandMeshEngine.Cases.Ops;

internal static class SliceCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<SliceOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (int axis in new[] { 1, 2, 3 })
        {
            yield return new OpCase($"slice of a map on axis {axis}", scene =>
                scene.Output(scene.Graph.Relu(scene.Graph.Slice(scene.Input("x", 2, 23, 9, 8), axis, 2, 5))));
        }

        foreach (int axis in new[] { 1, 2 })
        {
            yield return new OpCase($"slice of rows on axis {axis}", scene =>
                scene.Output(scene.Graph.Slice(scene.Input("x", 2, 23, 9), axis, 2, 5)));
        }
    }
}
