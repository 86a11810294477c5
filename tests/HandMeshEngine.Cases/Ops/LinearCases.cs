namespace HandMeshEngine.Cases.Ops;

internal static class LinearCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<LinearOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach ((int rows, int depth, int outputs) in new[] { (1, 1152, 63), (1, 2048, 512), (21, 49, 224), (98, 259, 256), (778, 64, 3), (5, 7, 1), (1, 1, 1) })
        {
            yield return new OpCase($"linear {rows}x{depth}->{outputs}", scene =>
            {
                Value x = scene.Input("x", rows, depth);
                scene.Output(scene.Graph.Linear(x, scene.Weight(1 / MathF.Sqrt(depth), outputs, depth), scene.Weight(0.5f, outputs)));
            });
        }

        yield return new OpCase("linear on a vector", scene =>
            scene.Output(scene.Graph.Linear(scene.Input("x", 45), scene.Weight(0.1f, 19, 45))));
        foreach (Activation activation in Epilogues.Activations)
        {
            yield return new OpCase($"linear batch residual {activation}", scene =>
            {
                Value x = scene.Input("x", 2, 31, 45);
                var op = new LinearOp(new Epilogue(true, true, activation));
                scene.Output(scene.Graph.Add(op, [x, scene.Weight(0.15f, 38, 45), .. Epilogues.Operands(scene, op.Epilogue, 38, 2, 31, 38)]));
            });
        }
    }
}
