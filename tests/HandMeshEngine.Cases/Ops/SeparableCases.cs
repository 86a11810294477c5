namespace HandMeshEngine.Cases.Ops;

/// <summary>A depth-wise convolution that a 1x1 convolution alone reads.</summary>
internal static class SeparableCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        (int Batch, int C, int O, int Height, int Width, int Kernel, int Stride, int Dilation, Activation Inner, Activation Outer, bool Residual)[] cases =
        [
            (1, 24, 19, 11, 13, 3, 1, 1, Activation.Relu6, Activation.None, true), (1, 37, 70, 9, 15, 5, 2, 1, Activation.Relu, Activation.Relu, false),
            (2, 67, 33, 7, 5, 5, 1, 1, Activation.None, Activation.PRelu, true), (1, 300, 130, 7, 7, 3, 1, 1, Activation.LeakyRelu(0.1f), Activation.None, true),
            (3, 16, 8, 3, 3, 3, 2, 1, Activation.Sigmoid, Activation.Sigmoid, false), (1, 40, 41, 17, 20, 3, 1, 2, Activation.Relu6, Activation.Relu6, false),
            (1, 513, 24, 4, 4, 3, 1, 1, Activation.Clamp(-0.5f, 0.75f), Activation.Relu, false), (1, 8, 100, 40, 37, 3, 1, 1, Activation.Relu, Activation.None, false),
        ];
        foreach (var (batch, c, o, height, width, kernel, stride, dilation, inner, outer, residual) in cases)
        {
            yield return new OpCase($"separable {batch}x{c}->{o} {height}x{width} k{kernel} s{stride} d{dilation}", scene =>
            {
                GraphBuilder g = scene.Graph;
                Padding padding = dilation > 1 ? Padding.Same(dilation) : Padding.TensorFlowSame(height, width, kernel, stride);
                var depthwise = new Conv2dOp(stride, padding, dilation, c, new Epilogue(true, false, inner));
                Value between = g.Add(depthwise, [scene.Input("x", batch, c, height, width), scene.Weight(1f / kernel, c, 1, kernel, kernel), scene.Weight(0.5f, c)]);
                var epilogue = new Epilogue(true, residual, outer);
                int outHeight = (height + stride - 1) / stride, outWidth = (width + stride - 1) / stride;
                scene.Output(g.Add(
                    new Conv2dOp(1, default, 1, 1, epilogue),
                    [between, scene.Weight(1 / MathF.Sqrt(c), o, c, 1, 1), .. Epilogues.Operands(scene, epilogue, o, batch, o, outHeight, outWidth)]));
            });
        }
    }
}
