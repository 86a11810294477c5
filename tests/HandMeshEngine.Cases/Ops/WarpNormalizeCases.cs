namespace HandMeshEngine.Cases.Ops;

internal static class WarpNormalizeCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<WarpNormalizeOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        double[][] matrices =
        [
            [1, 0, 0, 0, 1, 0, 0, 0, 1],
            [1.7, 0.4, -9.3, -0.35, 1.6, 12.1, 0, 0, 1],
            [0.31, 0, 5.25, 0, 0.31, 4.75, 0, 0, 1],
            [1.1, 0.1, -4, -0.1, 0.9, 3, 0.002, -0.001, 1.05],
        ];
        foreach (WarpBorder border in Enum.GetValues<WarpBorder>())
        {
            for (int i = 0; i < matrices.Length; i++)
            {
                int which = i;
                yield return new OpCase($"warp bilinear {border.ToString().ToLowerInvariant()} {i}", scene =>
                    Warp(scene, WarpSampling.Bilinear, border, swap: which == 1, 33, 29, matrices[which]));
            }

            yield return new OpCase($"warp opencv {border.ToString().ToLowerInvariant()}", scene =>
                Warp(scene, WarpSampling.OpenCvWarp, border, swap: false, 31, 33, matrices[2], matrices[1]));
        }

        foreach ((int width, int height, int left, int top) in new[] { (37, 37, 3, 4), (20, 20, -5, 30), (64, 64, 0, 0), (90, 90, -10, -20) })
        {
            yield return new OpCase($"warp opencv resize {width}x{height} at {left},{top}", scene => Warp(
                scene,
                WarpSampling.OpenCvResize,
                WarpBorder.Zero,
                swap: true,
                64,
                64,
                [width / 64.0, 0, left + (0.5 * width / 64.0) - 0.5, 0, height / 64.0, top + (0.5 * height / 64.0) - 0.5, 0, 0, 1]));
        }

        yield return new OpCase("warp opencv resize mirrored", scene => Warp(
            scene,
            WarpSampling.OpenCvResize,
            WarpBorder.Zero,
            swap: false,
            64,
            64,
            [-37 / 64.0, 0, 60 - (3 + (0.5 * 37 / 64.0) - 0.5), 0, 41 / 64.0, -2 + (0.5 * 41 / 64.0) - 0.5, 0, 0, 1]));
        foreach ((int width, int height) in new[] { (1, 5), (4, 1), (2, 2) })
        {
            yield return new OpCase($"warp bilinear replicate of {width}x{height} pixels", scene =>
            {
                var op = new WarpNormalizeOp(9, 7, WarpSampling.Bilinear, WarpBorder.Replicate, false, (1, 1, 1), default);
                Value matrix = scene.Input("matrix", Matrix(0.6, 0.1, -0.7, -0.2, 0.8, -1, 0, 0, 1));
                scene.Output(scene.Graph.WarpNormalize(scene.ImageInput("image", width, height), matrix, op));
            });
        }

        yield return new OpCase("warp of a warp", scene =>
        {
            Value image = scene.ImageInput("image", 50, 40);
            var first = new WarpNormalizeOp(24, 26, WarpSampling.OpenCvWarp, WarpBorder.Zero, false, (1, 1, 1), default);
            var second = new WarpNormalizeOp(24, 24, WarpSampling.Bilinear, WarpBorder.Zero, false, (0.01f, 0.02f, 0.03f), (-1, 0.5f, 2));
            Value crop = scene.Graph.WarpNormalize(image, scene.Input("a", Matrix(matrices[2])), first);
            scene.Output(crop, "crop");
            scene.Output(scene.Graph.WarpNormalize(crop, scene.Input("b", Matrix(matrices[1])), second));
        });
    }

    private static void Warp(OpScene scene, WarpSampling sampling, WarpBorder border, bool swap, int height, int width, params double[][] matrices)
    {
        Value image = scene.ImageInput("image", 61, 47);
        Value matrix = scene.Input("matrix", Matrix([.. matrices.SelectMany(m => m)]));
        var op = new WarpNormalizeOp(height, width, sampling, border, swap, (1 / 255f, 0.5f / 255, 2 / 255f), (0.1f, -0.2f, 0.3f));
        scene.Output(scene.Graph.WarpNormalize(image, matrix, op));
    }

    private static Tensor Matrix(params ReadOnlySpan<double> values) => Tensor.From(new Shape(values.Length / 9, 3, 3), values);
}
