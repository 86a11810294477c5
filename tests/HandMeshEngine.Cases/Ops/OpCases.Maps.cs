using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Cases.Ops;

/// <content>Pooling, resampling, warps and reductions.</content>
public static partial class OpCases
{
    private static IEnumerable<OpCase> Pools()
    {
        foreach ((int window, int stride, int padding, int size) in new[] { (2, 2, 0, 8), (2, 2, 0, 9), (3, 2, 1, 11), (3, 2, 1, 12), (3, 1, 1, 7), (5, 3, 2, 13) })
        {
            yield return new OpCase($"maxpool k{window} s{stride} p{padding} {size}x{size}", scene =>
                scene.Output(scene.Graph.MaxPool(scene.Input("x", 2, 37, size, size + 1), window, stride, padding)));
        }

        foreach ((int window, int stride) in new[] { (2, 2), (3, 1), (7, 7) })
        {
            yield return new OpCase($"averagepool k{window} s{stride}", scene =>
                scene.Output(scene.Graph.AveragePool(scene.Input("x", 2, 21, 14, 15), window, stride)));
        }
    }

    private static IEnumerable<OpCase> Resamplings()
    {
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            foreach ((int from, int to) in new[] { (6, 12), (7, 14), (14, 5), (112, 14), (1, 4), (4, 1), (3, 10) })
            {
                yield return new OpCase($"resize {mode.ToString().ToLowerInvariant()} {from}->{to}", scene =>
                    scene.Output(scene.Graph.Resize(scene.Input("x", 2, 19, from, from + 1), to, to + 2, mode)));
            }
        }

        foreach (SampleBorder border in Enum.GetValues<SampleBorder>())
        {
            yield return new OpCase($"gridsample {border.ToString().ToLowerInvariant()}", scene =>
            {
                Value map = scene.Input("map", 2, 35, 9, 12);
                Tensor points = scene.Numbers(new Shape(2, 50, 2), 5);
                foreach (ref float value in points.Span<float>())
                {
                    value += 5;
                }

                scene.Output(scene.Graph.GridSample(map, scene.Input("points", points), border));
            });
        }

        yield return new OpCase("spacetodepth", scene => scene.Output(scene.Graph.SpaceToDepth(scene.Input("x", 2, 9, 6, 8))));
        yield return new OpCase("padchannels", scene => scene.Output(scene.Graph.PadChannels(scene.Input("x", 2, 19, 5, 6), 40)));
        yield return new OpCase("argmax2d", scene => scene.Output(scene.Graph.ArgMax2d(scene.Input("x", 2, 21, 9, 13))));
        yield return new OpCase("argmax2d of equal values takes the first", scene =>
        {
            var flat = new Tensor(DType.Float32, new Shape(1, 5, 4, 6));
            flat.Span<float>()[9] = flat.Span<float>()[17] = 2;
            scene.Output(scene.Graph.ArgMax2d(scene.Input("x", flat)));
        });
    }

    private static IEnumerable<OpCase> Warps()
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

    private static IEnumerable<OpCase> Reductions()
    {
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            string name = reduction.ToString().ToLowerInvariant();
            yield return new OpCase($"reduce {name} pixels", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 2, 2)));
            yield return new OpCase($"reduce {name} rows of a map", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 2)));
            yield return new OpCase($"reduce {name} columns of a map", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 3)));
            yield return new OpCase($"reduce {name} channels of a map", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 37, 7, 9), reduction, 1)));
            yield return new OpCase($"reduce {name} all but the batch", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 3, 5, 7, 9), reduction, 1, 3)));
            yield return new OpCase($"reduce {name} vertices", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 98, 35), reduction, 1)));
            yield return new OpCase($"reduce {name} last axis", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 2, 98, 35), reduction, 2)));
            yield return new OpCase($"reduce {name} of a matrix", scene => scene.Output(scene.Graph.Reduce(scene.Input("x", 6, 35), reduction, 1)));
        }
    }
}
