namespace HandMeshEngine.Cases.Ops;

internal static class Conv2dCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<Conv2dOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        // Channels, outputs, size, kernel, stride, padding: the layers of the networks, shrunk, and odd ones.
        (int C, int O, int H, int W, int K, int S, int P)[] shapes =
        [
            (3, 24, 17, 19, 3, 2, 1), (3, 64, 21, 22, 7, 2, 3), (64, 64, 8, 8, 1, 1, 0), (24, 40, 7, 7, 1, 1, 0), (17, 33, 5, 9, 1, 1, 0),
            (32, 16, 14, 14, 3, 1, 1), (85, 21, 9, 11, 3, 1, 1), (64, 128, 14, 15, 3, 2, 1), (16, 32, 9, 9, 1, 2, 0), (12, 20, 16, 16, 8, 8, 0),
            (5, 7, 6, 5, 5, 1, 2), (1, 1, 4, 4, 3, 1, 1), (128, 256, 7, 7, 3, 1, 1), (256, 6, 6, 6, 1, 1, 0), (48, 48, 28, 28, 3, 1, 1),
            (100, 70, 1, 1, 1, 1, 0), (4, 96, 3, 50, 3, 1, 1), (32, 48, 30, 13, 3, 1, 1),
        ];
        foreach (var s in shapes)
        {
            yield return Conv($"conv2d {s.C}->{s.O} {s.H}x{s.W} k{s.K} s{s.S} p{s.P}", s.C, s.O, s.H, s.W, s.K, s.S, Padding.Same(s.P), Epilogues.BiasRelu);
        }

        yield return Conv("conv2d tensorflow same k3 s2", 3, 24, 20, 20, 3, 2, Padding.TensorFlowSame(20, 20, 3, 2), Epilogues.BiasRelu);
        yield return Conv("conv2d tensorflow same k5 s2", 3, 32, 24, 24, 5, 2, Padding.TensorFlowSame(24, 24, 5, 2), Epilogues.BiasRelu);
        yield return Conv("conv2d padding on one side", 6, 18, 7, 8, 3, 1, new Padding(0, 2, 1, 0), Epilogues.BiasRelu);
        yield return Conv("conv2d dilation 2", 8, 19, 11, 12, 3, 1, Padding.Same(2), Epilogues.BiasRelu, dilation: 2);
        yield return Conv("conv2d groups 3", 12, 27, 9, 8, 3, 1, Padding.Same(1), Epilogues.BiasRelu, groups: 3);
        yield return Conv("conv2d channel multiplier 2", 10, 20, 9, 8, 3, 2, Padding.Same(1), Epilogues.BiasRelu, groups: 10);
        yield return Conv("conv2d batch 3", 20, 35, 7, 6, 3, 1, Padding.Same(1), Epilogues.BiasRelu, batch: 3);
        yield return Conv("conv2d batch 2 1x1", 40, 35, 5, 5, 1, 1, default, Epilogues.BiasRelu, batch: 2);
        yield return Conv("conv2d without bias", 30, 40, 6, 6, 3, 1, Padding.Same(1), Epilogues.Bare);
        yield return Conv("conv2d 3x3 of a large map", 35, 50, 13, 18, 3, 1, Padding.Same(1), new Epilogue(true, true, Activation.Relu), batch: 2);
        yield return Conv("conv2d 3x3 of a large map prelu", 64, 33, 14, 14, 3, 1, Padding.Same(1), new Epilogue(true, true, Activation.PRelu));
        yield return Conv("conv2d 3x3 of a large map sigmoid", 32, 48, 15, 12, 3, 1, Padding.Same(1), new Epilogue(true, false, Activation.Sigmoid));
        yield return Conv("conv2d 3x3 of a large map without padding", 32, 32, 16, 17, 3, 1, default, Epilogues.BiasRelu);
        yield return Conv("conv2d 3x3 of a large map padded on one side", 32, 40, 16, 14, 3, 1, new Padding(0, 2, 1, 0), Epilogues.BiasRelu);
        foreach (Activation activation in Epilogues.Activations)
        {
            yield return Conv($"conv2d residual {activation}", 18, 37, 9, 9, 3, 1, Padding.Same(1), new Epilogue(true, true, activation));
            yield return Conv($"conv2d 1x1 {activation}", 26, 48, 10, 10, 1, 1, default, new Epilogue(true, false, activation), batch: 2);
        }

        // The last vector half full at each width: of 16, 8 and 4 channels.
        foreach (int outputs in new[] { 24, 12, 6 })
        {
            yield return Conv($"conv2d 1x1 residual to {outputs}", 29, outputs, 13, 11, 1, 1, default, new Epilogue(true, true, Activation.PRelu), batch: 2);
        }

        foreach ((int c, int size, int k, int stride) in new[]
        {
            (24, 14, 3, 1), (64, 15, 3, 2), (144, 14, 5, 2), (40, 9, 5, 1), (3, 8, 3, 1), (19, 7, 5, 1), (672, 7, 5, 1), (96, 12, 5, 2), (32, 28, 5, 1),
            (33, 11, 7, 1), (1152, 7, 3, 1), (16, 9, 3, 3), (80, 1, 3, 1), (48, 2, 5, 1),
        })
        {
            Padding padding = Padding.TensorFlowSame(size, size, k, stride);
            yield return Conv($"depthwise {c} {size}x{size} k{k} s{stride}", c, c, size, size, k, stride, padding, new Epilogue(true, false, Activation.Relu6), groups: c);
        }

        yield return Conv("depthwise wide k3", 20, 20, 5, 37, 3, 1, Padding.Same(1), Epilogues.Bare, groups: 20, batch: 2);
        yield return Conv("depthwise without padding", 20, 20, 9, 8, 5, 1, default, Epilogues.BiasRelu, groups: 20);
        yield return Conv("depthwise in a wide border", 20, 20, 6, 9, 3, 1, new Padding(2, 0, 1, 2), Epilogues.BiasRelu, groups: 20);
        yield return Conv("depthwise dilation 2", 17, 17, 9, 8, 3, 1, Padding.Same(2), Epilogues.BiasRelu, groups: 17, dilation: 2);
        foreach (Activation activation in Epilogues.Activations)
        {
            yield return Conv($"depthwise residual {activation}", 37, 37, 9, 7, 3, 1, Padding.Same(1), new Epilogue(true, true, activation), groups: 37);
        }
    }

    private static OpCase Conv(
        string name, int channels, int outputs, int height, int width, int kernel, int stride, Padding padding, Epilogue epilogue, int groups = 1, int dilation = 1, int batch = 1) =>
        new(name, scene =>
        {
            Value x = scene.Input("x", batch, channels, height, width);
            int depth = channels / groups * kernel * kernel;
            Value weight = scene.Weight(1 / MathF.Sqrt(depth), outputs, channels / groups, kernel, kernel);
            var op = new Conv2dOp(stride, padding, dilation, groups, epilogue);
            Op bare = op with { Epilogue = Epilogues.Bare };
            Shape output = bare.Infer(
                [TensorType.Float(batch, channels, height, width), TensorType.Float(outputs, channels / groups, kernel, kernel)]).Shape;
            scene.Output(scene.Graph.Add(op, [x, weight, .. Epilogues.Operands(scene, epilogue, outputs, output.Extents)]));
        });
}
