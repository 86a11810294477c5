namespace HandMeshEngine.Cases.Ops;

internal static class ConvTranspose2dCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<ConvTranspose2dOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach ((int k, int stride, int padding, int extra) in new[] { (4, 2, 1, 0), (3, 2, 1, 1), (2, 2, 0, 0), (3, 1, 1, 0), (2, 3, 0, 0), (5, 3, 2, 1) })
        {
            yield return new OpCase($"convtranspose2d k{k} s{stride} p{padding} op{extra}", scene =>
            {
                Value x = scene.Input("x", 2, 22, 5, 6);
                var op = new ConvTranspose2dOp(stride, padding, extra, new Epilogue(true, false, Activation.Relu));
                scene.Output(scene.Graph.Add(op, x, scene.Weight(0.1f, 22, 35, k, k), scene.Weight(0.5f, 35)));
            });
        }

        yield return new OpCase("convtranspose2d residual prelu", scene =>
        {
            Value x = scene.Input("x", 1, 16, 4, 4);
            var op = new ConvTranspose2dOp(2, 1, 0, new Epilogue(true, true, Activation.PRelu));
            scene.Output(scene.Graph.Add(op, [x, scene.Weight(0.1f, 16, 32, 4, 4), .. Epilogues.Operands(scene, op.Epilogue, 32, 1, 32, 8, 8)]));
        });
    }
}
