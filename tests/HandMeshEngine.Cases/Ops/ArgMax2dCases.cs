namespace HandMeshEngine.Cases.Ops;

internal static class ArgMax2dCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ArgMax2dOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("argmax2d", scene => scene.Output(scene.Graph.ArgMax2d(scene.Input("x", 2, 21, 9, 13))));
        yield return new OpCase("argmax2d of equal values takes the first", scene =>
        {
            var flat = new Tensor(DType.Float32, new Shape(1, 5, 4, 6));
            flat.Span<float>()[9] = flat.Span<float>()[17] = 2;
            scene.Output(scene.Graph.ArgMax2d(scene.Input("x", flat)));
        });
    }
}
