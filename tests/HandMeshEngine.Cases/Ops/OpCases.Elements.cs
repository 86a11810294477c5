using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Cases.Ops;

/// <content>Element-wise ops, movements, and small graphs of several ops.</content>
public static partial class OpCases
{
    private static IEnumerable<OpCase> Elements()
    {
        foreach (Activation activation in EveryActivation)
        {
            yield return new OpCase($"activation {activation} of a map", scene => Activate(scene, activation, 2, 37, 5, 6));
            yield return new OpCase($"activation {activation} of rows", scene => Activate(scene, activation, 2, 13, 37));
        }

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

        foreach (Activation activation in EveryActivation)
        {
            yield return new OpCase($"add {activation}", scene =>
            {
                Value a = scene.Input("a", 2, 37, 5, 6), b = scene.Input("b", 2, 37, 5, 6);
                var op = new BinaryOp(BinaryKind.Add, activation);
                scene.Output(activation.Kind == ActivationKind.PRelu ? scene.Graph.Add(op, a, b, scene.Weight(0.3f, 37)) : scene.Graph.Add(op, a, b));
            });
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
        yield return new OpCase("batchnorm", scene => scene.Output(scene.Graph.Add(
            new BatchNormOp(1e-5f),
            scene.Input("x", 2, 37, 5, 6),
            scene.Weight(1, 37),
            scene.Weight(1, 37),
            scene.Weight(1, 37),
            scene.Positive(37))));
    }

    private static void Activate(OpScene scene, Activation activation, params ReadOnlySpan<int> shape)
    {
        int channels = shape.Length == 4 ? shape[1] : shape[^1];
        Value x = scene.Graph.Scale(scene.Input("x", shape), 2);
        scene.Output(activation.Kind == ActivationKind.PRelu
            ? scene.Graph.Add(new ActivationOp(activation), x, scene.Weight(0.3f, channels))
            : scene.Graph.Activate(x, activation));
    }

    private static void Combine(OpScene scene, BinaryKind kind, int[] a, int[] b)
    {
        Value left = scene.Input("a", a);

        // A divisor stays away from zero.
        Value right = kind == BinaryKind.Divide ? scene.Positive(b) : scene.Input("b", b);
        scene.Output(scene.Graph.Add(new BinaryOp(kind, Activation.None), left, right));
    }

    private static IEnumerable<OpCase> Movements()
    {
        foreach (int axis in new[] { 1, 2, 3 })
        {
            yield return new OpCase($"concat maps on axis {axis}", scene =>
            {
                int[] Extents(int n) => [2, axis == 1 ? n : 11, axis == 2 ? n : 5, axis == 3 ? n : 6];
                scene.Output(scene.Graph.Concat(axis, scene.Input("a", Extents(7)), scene.Input("b", Extents(21)), scene.Input("c", Extents(3))));
            });
            yield return new OpCase($"slice of a map on axis {axis}", scene =>
                scene.Output(scene.Graph.Relu(scene.Graph.Slice(scene.Input("x", 2, 23, 9, 8), axis, 2, 5))));
        }

        foreach (int axis in new[] { 1, 2 })
        {
            yield return new OpCase($"concat rows on axis {axis}", scene =>
            {
                int[] Extents(int n) => [2, axis == 1 ? n : 11, axis == 2 ? n : 5];
                scene.Output(scene.Graph.Concat(axis, scene.Input("a", Extents(7)), scene.Graph.Relu(scene.Input("b", Extents(21)))));
            });
            yield return new OpCase($"slice of rows on axis {axis}", scene =>
                scene.Output(scene.Graph.Slice(scene.Input("x", 2, 23, 9), axis, 2, 5)));
        }

        (string Name, int[] From, int[] To)[] reshapes =
        [
            ("map to vector", [2, 9, 5, 6], [2, 270]), ("map to rows", [2, 9, 5, 6], [2, 9, 30]), ("rows to map", [2, 9, 30], [2, 9, 5, 6]),
            ("vector to map", [270], [1, 9, 5, 6]), ("map to map", [1, 9, 5, 6], [1, 6, 9, 5]), ("matrix to rows", [6, 35], [2, 3, 35]),
        ];
        foreach ((string name, int[] from, int[] to) in reshapes)
        {
            yield return new OpCase($"reshape {name}", scene =>
                scene.Output(scene.Graph.Relu(scene.Graph.Reshape(scene.Graph.Scale(scene.Input("x", from), 2, 0.5f), to))));
        }

        (int[] Shape, int A, int B)[] transposes =
            [([2, 9, 30], 1, 2), ([9, 30], 0, 1), ([3, 4, 5], 0, 1), ([3, 4, 5], 0, 2), ([2, 9, 5, 6], 2, 3), ([2, 9, 5, 6], 1, 2), ([2, 9, 5, 6], 1, 3)];
        foreach ((int[] shape, int a, int b) in transposes)
        {
            yield return new OpCase($"transpose {new Compute.Tensors.Shape(shape)} {a}<->{b}", scene =>
                scene.Output(scene.Graph.Relu(scene.Graph.Transpose(scene.Input("x", shape), a, b))));
        }

        yield return new OpCase("pixels to rows", scene => scene.Output(scene.Graph.PixelsToRows(scene.Graph.Relu(scene.Input("x", 2, 9, 5, 6)))));
    }

    private static IEnumerable<OpCase> Compositions()
    {
        yield return new OpCase("bottleneck with a shared border", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(scene.Input("x", 1, 20, 9, 9));
            Value y = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 12, 20, 1, 1), scene.Weight(0.3f, 12), 1, default));
            y = g.Relu(g.Conv2d(y, scene.Weight(0.1f, 12, 12, 3, 3), scene.Weight(0.3f, 12), 1, Padding.Same(1)));
            y = g.Conv2d(y, scene.Weight(0.2f, 20, 12, 1, 1), scene.Weight(0.3f, 20), 1, default);
            scene.Output(g.Relu(g.Sum(x, y)));
        });
        yield return new OpCase("parts written into their concatenation", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = scene.Input("x", 2, 11, 7, 8);
            Value a = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 21, 11, 3, 3), null, 1, Padding.Same(1)));
            Value b = g.Resize(g.MaxPool(a, 2, 2), 7, 8);
            Value joined = g.Concat(1, a, b, x, a);
            Value deep = g.Concat(1, joined, g.Conv2d(joined, scene.Weight(0.1f, 5, 74, 3, 3), null, 1, Padding.Same(1)));
            scene.Output(g.Conv2d(deep, scene.Weight(0.1f, 17, 79, 3, 3), null, 2, Padding.Same(1)));
            scene.Output(b, "b");
        });
        yield return new OpCase("features sampled onto a mesh", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value map = g.Relu(g.Conv2d(scene.Input("x", 1, 8, 9, 9), scene.Weight(0.2f, 33, 8, 3, 3), null, 1, Padding.Same(1)));
            Value points = g.Scale(scene.Input("points", 1, 40, 2), 3, 4);
            Value features = g.Concat(2, g.GridSample(map, points, SampleBorder.Clamp), points);
            Value rows = g.Relu(g.Linear(features, scene.Weight(0.2f, 24, 35), scene.Weight(0.2f, 24)));
            scene.Output(g.SpiralConv(g.Concat(2, rows, features), scene.Table(40, 40, 9), scene.Weight(0.05f, 3, 9 * 59)));
        });
        yield return new OpCase("tokens of a map and back", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value map = g.Conv2d(scene.Input("x", 2, 8, 6, 5), scene.Weight(0.3f, 20, 8, 1, 1), null, 1, default);
            Value tokens = g.PixelsToRows(map);
            Value mixed = g.Sum(tokens, g.Attention(tokens, tokens, tokens, 2, 0.3f));
            Value back = g.Reshape(g.Transpose(mixed, 1, 2), 2, 20, 6, 5);
            scene.Output(g.Conv2d(back, scene.Weight(0.1f, 9, 20, 3, 3), null, 1, Padding.Same(1)));
            scene.Output(g.Linear(g.Reshape(map, 2, 20, 30), scene.Weight(0.2f, 7, 30)), "by channel");
        });
        yield return new OpCase("spacetodepth before a convolution of single pixels", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value blocks = g.SpaceToDepth(g.Relu(scene.Input("x", 2, 9, 6, 8)));
            scene.Output(g.Relu(g.Conv2d(blocks, scene.Weight(0.2f, 20, 36, 1, 1), scene.Weight(0.2f, 20), 1, default)));
        });
        yield return new OpCase("branches side by side", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(scene.Input("x", 1, 13, 11, 9));
            Value points = g.Reshape(g.Transpose(g.Reshape(x, 1, 13, 99), 1, 2), 1, 99, 13);
            Value a = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 35, 13, 3, 3), scene.Weight(0.3f, 35), 1, Padding.Same(1)));
            Value b = g.Conv2d(g.MaxPool(x, 3, 2, 1), scene.Weight(0.3f, 7, 13, 1, 1), null, 1, default);
            Value c = g.Conv2d(x, scene.Weight(0.3f, 13, 1, 3, 3), scene.Weight(0.3f, 13), 1, Padding.Same(1), groups: 13);
            Value d = g.Linear(points, scene.Weight(0.2f, 70, 13), scene.Weight(0.3f, 70));
            scene.Output(g.Concat(1, a, g.Resize(b, 11, 9, ResizeMode.Nearest), c));
            scene.Output(g.Attention(d, d, d, 2, 0.2f), "rows");
            scene.Output(g.Reduce(c, Reduction.Mean, 2, 2), "mean");
        });
        yield return new OpCase("an input and a constant as results", scene =>
        {
            Value x = scene.Input("x", 1, 4, 3, 3);
            scene.Output(x);
            scene.Output(scene.Graph.Relu(scene.Weight(1, 2, 5)), "folded");
            scene.Output(scene.Graph.Slice(x, 1, 1, 2), "part");
        });
    }
}
