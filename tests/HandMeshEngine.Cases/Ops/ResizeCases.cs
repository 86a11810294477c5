namespace HandMeshEngine.Cases.Ops;

internal static class ResizeCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ResizeOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            foreach ((int from, int to) in new[] { (6, 12), (7, 14), (14, 5), (112, 14), (1, 4), (4, 1), (3, 10) })
            {
                yield return new OpCase($"resize {mode.ToString().ToLowerInvariant()} {from}->{to}", scene =>
                    scene.Output(scene.Graph.Resize(scene.Input("x", 2, 19, from, from + 1), to, to + 2, mode)));
            }
        }
    }
}
