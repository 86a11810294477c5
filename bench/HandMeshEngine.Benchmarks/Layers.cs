using HandMeshEngine.Cases.Ops;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Benchmarks;

/// <summary>Layers as the systems have them, one graph each.</summary>
public static class Layers
{
    /// <summary>All layers.</summary>
    public static IReadOnlyList<OpCase> All { get; } =
    [
        Convolution("stem 7x7/2 3>64 224", 3, 64, 224, 7, 2),
        Convolution("conv 3x3 64 56", 64, 64, 56, 3, 1),
        Convolution("conv 3x3 128 28", 128, 128, 28, 3, 1),
        Convolution("conv 3x3 256 14", 256, 256, 14, 3, 1),
        Convolution("conv 3x3 512 7", 512, 512, 7, 3, 1),
        Convolution("conv 1x1 256>64 56", 256, 64, 56, 1, 1),
        Convolution("conv 1x1 1024>256 14", 1024, 256, 14, 1, 1),
        Convolution("depthwise 5x5 128 24", 128, 128, 24, 5, 1, groups: 128),
        new("linear 512 to 512, 778 rows", s => s.Output(s.Graph.Linear(s.Input("x", 1, 778, 512), s.Weight(0.05f, 512, 512)))),
        new("maxpool 3x3/2 64 112", s => s.Output(s.Graph.MaxPool(s.Input("x", 1, 64, 112, 112), 3, 2, 1))),
        new("softmax 21 x 4096", s => s.Output(s.Graph.Softmax(s.Input("x", 1, 21, 4096)))),
        new("spiral gather 778 x 9 x 64", s =>
        {
            Value x = s.Input("x", 1, 778, 64);
            s.Output(s.Graph.SpiralConv(x, s.Table(778, 778, 9), s.Weight(0.05f, 64, 9 * 64), s.Weight(0.1f, 64)));
        }),
    ];

    private static OpCase Convolution(string name, int inputs, int outputs, int side, int kernel, int stride, int groups = 1) => new(
        name,
        s =>
        {
            Value x = s.Input("x", 1, inputs, side, side);
            Value weight = s.Weight(0.05f, outputs, inputs / groups, kernel, kernel);
            Value y = s.Graph.Conv2d(x, weight, s.Weight(0.1f, outputs), stride, Padding.Same(kernel / 2), groups);
            s.Output(s.Graph.Relu(y));
        });
}
