namespace HandMeshEngine.Cases.Ops;

internal static class BinaryCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<BinaryOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (BinaryKind kind in Enum.GetValues<BinaryKind>())
        {
            string name = kind.ToString().ToLowerInvariant();
            yield return new OpCase($"{name} of maps", scene => Combine(scene, kind, [2, 37, 5, 6], [2, 37, 5, 6]));
            yield return new OpCase($"{name} per channel of a map", scene => Combine(scene, kind, [2, 37, 5, 6], [2, 37, 1, 1]));
            yield return new OpCase($"{name} of a number", scene => Combine(scene, kind, [2, 13, 37], [1]));
            yield return new OpCase($"{name} of a vector and rows", scene => Combine(scene, kind, [37], [2, 13, 37]));
            yield return new OpCase($"{name} of columns and rows", scene => Combine(scene, kind, [2, 13, 1], [2, 1, 37]));
            yield return new OpCase($"{name} of a map and a plane", scene => Combine(scene, kind, [2, 9, 5, 6], [5, 6]));
            yield return new OpCase($"{name} of a map and a volume", scene => Combine(scene, kind, [2, 9, 5, 6], [9, 5, 6]));
        }

        foreach (Activation activation in Epilogues.Activations)
        {
            yield return new OpCase($"add {activation}", scene =>
            {
                Value a = scene.Input("a", 2, 37, 5, 6), b = scene.Input("b", 2, 37, 5, 6);
                var op = new BinaryOp(BinaryKind.Add, activation);
                scene.Output(activation.Kind == ActivationKind.PRelu ? scene.Graph.Add(op, a, b, scene.Weight(0.3f, 37)) : scene.Graph.Add(op, a, b));
            });
        }
    }

    private static void Combine(OpScene scene, BinaryKind kind, int[] a, int[] b)
    {
        Value left = scene.Input("a", a);

        // A divisor stays away from zero.
        Value right = kind == BinaryKind.Divide ? scene.Positive(b) : scene.Input("b", b);
        scene.Output(scene.Graph.Add(new BinaryOp(kind, Activation.None), left, right));
    }
}
