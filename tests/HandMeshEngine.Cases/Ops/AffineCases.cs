namespace HandMeshEngine.Cases.Ops;

internal static class AffineCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<AffineOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (Activation activation in Epilogues.Activations)
        {
            yield return new OpCase($"affine {activation}", scene =>
            {
                Value x = scene.Input("x", 2, 37, 5, 6), scale = scene.Weight(1, 37), shift = scene.Weight(1, 37);
                var op = new AffineOp(activation);
                scene.Output(activation.Kind == ActivationKind.PRelu
                    ? scene.Graph.Add(op, x, scale, shift, scene.Weight(0.3f, 37))
                    : scene.Graph.Add(op, x, scale, shift));
            });
        }

        yield return new OpCase("affine of rows", scene =>
            scene.Output(scene.Graph.Affine(scene.Input("x", 2, 13, 37), scene.Weight(1, 37), scene.Weight(1, 37))));
    }
}
