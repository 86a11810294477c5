namespace HandMeshEngine.Cases.Ops;

internal static class ReshapeCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ReshapeOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        (string Name, int[] From, int[] To)[] reshapes =
        [
            ("map to vector", [2, 9, 5, 6], [2, 270]), ("map to rows", [2, 9, 5, 6], [2, 9, 30]), ("rows to map", [2, 9, 30], [2, 9, 5, 6]),
            ("vector to map", [270], [1, 9, 5, 6]), ("map to map", [1, 9, 5, 6], [1, 6, 9, 5]), ("matrix to rows", [6, 35], [2, 3, 35]),
        ];
        foreach ((string name, int[] from, int[] to) in reshapes)
        {
            yield return new OpCase($"reshape {name}", scene =>
                scene.Output(scene.Graph.Relu(scene.Graph.Reshape(scene.Graph.Scale(scene.Input("x", from), 2, 0.5f), to))));
        }
    }
}
