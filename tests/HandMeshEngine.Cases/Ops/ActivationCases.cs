namespace HandMeshEngine.Cases.Ops;

internal static class ActivationCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ActivationOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (Activation activation in Epilogues.Activations)
        {
            yield return new OpCase($"activation {activation} of a map", scene => Activate(scene, activation, 2, 37, 5, 6));
            yield return new OpCase($"activation {activation} of rows", scene => Activate(scene, activation, 2, 13, 37));
        }
    }

    private static void Activate(OpScene scene, Activation activation, params ReadOnlySpan<int> shape)
    {
        int channels = shape.Length == 4 ? shape[1] : shape[^1];
        Value x = scene.Graph.Scale(scene.Input("x", shape), 2);
        scene.Output(activation.Kind == ActivationKind.PRelu
            ? scene.Graph.Add(new ActivationOp(activation), x, scene.Weight(0.3f, channels))
            : scene.Graph.Activate(x, activation));
    }
}
