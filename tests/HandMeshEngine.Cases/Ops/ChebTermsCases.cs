namespace HandMeshEngine.Cases.Ops;

internal static class ChebTermsCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ChebTermsOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (int terms in new[] { 2, 3, 4 })
        {
            yield return new OpCase($"chebterms {terms}", scene => scene.Output(scene.Graph.ChebTerms(
                scene.Input("x", 2, 61, 21), scene.Table(61, 61, 10), scene.Weight(0.2f, 61, 10), terms)));
        }
    }
}
