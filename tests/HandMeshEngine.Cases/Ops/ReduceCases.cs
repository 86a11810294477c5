namespace HandMeshEngine.Cases.Ops;

internal static class ReduceCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ReduceOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            string name = reduction.ToString().ToLowerInvariant();
            yield return new OpCase($"reduce {name} pixels", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 2, 2)));
            yield return new OpCase($"reduce {name} rows of a map", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 2)));
            yield return new OpCase($"reduce {name} columns of a map", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 3)));
            yield return new OpCase($"reduce {name} channels of a map", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 1)));
            yield return new OpCase($"reduce {name} all but the batch", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 3, 5, 7, 9), reduction, 1, 3)));
            yield return new OpCase($"reduce {name} vertices", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 98, 35), reduction, 1)));
            yield return new OpCase($"reduce {name} last axis", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 98, 35), reduction, 2)));
            yield return new OpCase($"reduce {name} of a matrix", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 6, 35), reduction, 1)));
        }
    }
}
