namespace HandMeshEngine.Cases.Ops;

internal static class SpiralConvCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<SpiralConvOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach ((int vertices, int rows, int channels, int outputs) in new[] { (98, 98, 259, 256), (61, 61, 64, 3), (50, 33, 3, 21) })
        {
            yield return new OpCase($"spiralconv {vertices}x{channels}->{outputs}", scene => scene.Output(scene.Graph.SpiralConv(
                scene.Input("x", 2, vertices, channels),
                scene.Table(vertices, rows, 9),
                scene.Weight(1 / MathF.Sqrt(9 * channels), outputs, 9 * channels),
                scene.Weight(0.5f, outputs))));
        }

        yield return new OpCase("spiralconv residual prelu", scene =>
        {
            var op = new SpiralConvOp(new Epilogue(true, true, Activation.PRelu));
            scene.Output(scene.Graph.Add(
                op,
                [scene.Input("x", 2, 40, 16), scene.Table(40, 35, 9), scene.Weight(0.1f, 30, 144), .. Epilogues.Operands(scene, op.Epilogue, 30, 2, 35, 30)]));
        });
    }
}
