namespace HandMeshEngine.Cases.Ops;

/// <summary>Residual blocks, whose 1x1 convolutions may be computed right after the convolution before them.</summary>
internal static class ChainCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        // Channels of the input, of the 3x3 convolution, of the sum, of the next block's first convolution; size.
        (int Batch, int C, int Middle, int O, int Next, int Height, int Width, int Stride, Activation Activation)[] blocks =
        [
            (1, 40, 24, 70, 33, 41, 37, 1, Activation.Relu), (2, 21, 64, 40, 64, 33, 19, 1, Activation.LeakyRelu(0.1f)),
            (1, 16, 37, 136, 8, 57, 43, 2, Activation.Sigmoid), (1, 8, 136, 24, 260, 29, 32, 1, Activation.None),
        ];
        foreach (var (batch, c, middle, o, next, height, width, stride, activation) in blocks)
        {
            yield return new OpCase($"chain {batch}x{c}->{middle}->{o}->{next} {height}x{width} s{stride}", scene =>
            {
                GraphBuilder g = scene.Graph;
                int outHeight = (height + stride - 1) / stride, outWidth = (width + stride - 1) / stride;
                Value x = scene.Input("x", batch, c, height, width), residual = scene.Input("residual", batch, o, outHeight, outWidth);
                Value y = Convolution(scene, x, c, middle, 3, Epilogues.BiasRelu, stride);
                y = Convolution(scene, y, middle, o, 1, new Epilogue(true, true, activation), 1, residual);
                scene.Output(Convolution(scene, y, o, next, 1, new Epilogue(false, false, Activation.Relu), 1));
                scene.Output(g.MaxPool(y, 2, 2), "sum");
            });
        }

        yield return new OpCase("chain with nothing stored between", scene =>
        {
            Value y = Convolution(scene, scene.Input("x", 1, 24, 45, 31), 24, 48, 1, Epilogues.BiasRelu, 1);
            y = Convolution(scene, Convolution(scene, y, 48, 100, 1, Epilogues.BiasRelu, 1), 100, 17, 1, Epilogues.BiasRelu, 1);
            scene.Output(Convolution(scene, y, 17, 40, 1, Epilogues.BiasRelu, 1));
        });
        yield return new OpCase("chain of pre-activated blocks", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(scene.Input("x", 1, 48, 36, 35));
            Value y = Convolution(scene, Convolution(scene, x, 48, 24, 1, Epilogues.BiasRelu, 1), 24, 24, 3, Epilogues.BiasRelu, 1);
            Value sum = g.Sum(Convolution(scene, y, 24, 48, 1, new Epilogue(true, false, Activation.None), 1), x);
            Value second = g.Relu(g.Affine(sum, scene.Weight(1, 48), scene.Weight(1, 48)));
            y = Convolution(scene, Convolution(scene, second, 48, 24, 1, Epilogues.BiasRelu, 1), 24, 24, 3, Epilogues.BiasRelu, 1);
            scene.Output(g.Sum(Convolution(scene, y, 24, 48, 1, new Epilogue(true, false, Activation.None), 1), sum));
        });
    }

    private static Value Convolution(OpScene scene, Value x, int channels, int outputs, int kernel, Epilogue epilogue, int stride, params Value[] residual)
    {
        var op = new Conv2dOp(stride, Padding.Same(kernel / 2), 1, 1, epilogue);
        float size = 1 / MathF.Sqrt(channels * kernel * kernel);
        return scene.Graph.Add(
            op, [x, scene.Weight(size, outputs, channels, kernel, kernel), .. epilogue.Bias ? new[] { scene.Weight(0.5f, outputs) } : [], .. residual]);
    }
}
