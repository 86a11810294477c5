namespace HandMeshEngine.Systems.Blocks;

/// <summary>
/// Residual backbones (He et al., CVPR 2016) with torchvision's key names and arithmetic: the stride sits on the 3x3
/// convolution. Kind and number of units are read from the keys, so ResNet-18, 34, 50 and 101 all fit.
/// </summary>
internal static class ResNet
{
    /// <summary>conv1 7/2/3, bn1, ReLU: the map at half resolution, 64 channels.</summary>
    public static Value Stem(GraphBuilder g, Value x, string prefix) =>
        g.Relu(g.BatchNorm(g.Conv2d(x, $"{prefix}.conv1.weight", stride: 2, padding: 3), $"{prefix}.bn1"));

    /// <summary>The max pool 3/2/1 between stem and layer1; padding never wins.</summary>
    public static Value Pool(GraphBuilder g, Value x) => g.MaxPool(x, window: 3, stride: 2, padding: 1);

    /// <summary>layer1 to layer4; every layer but the first halves the resolution.</summary>
    public static Value Layer(GraphBuilder g, Value x, string prefix, int number)
    {
        string layer = $"{prefix}.layer{number}";
        x = Unit(g, x, $"{layer}.0", stride: number == 1 ? 1 : 2);
        for (int i = 1; g.HasWeight($"{layer}.{i}.conv1.weight"); i++)
        {
            x = Unit(g, x, $"{layer}.{i}", stride: 1);
        }

        return x;
    }

    /// <summary>All four layers: the last map, at 1/8 of the input's resolution.</summary>
    public static Value Layers(GraphBuilder g, Value x, string prefix)
    {
        for (int number = 1; number <= 4; number++)
        {
            x = Layer(g, x, prefix, number);
        }

        return x;
    }

    /// <summary>ReLU(F(x) + shortcut): two 3x3 convolutions, or 1x1, 3x3, 1x1 where the unit has a conv3.</summary>
    private static Value Unit(GraphBuilder g, Value x, string unit, int stride)
    {
        // First, so that the last convolution of the longer branch adds the two: this one can run beside the others.
        Value shortcut = g.HasWeight($"{unit}.downsample.0.weight")
            ? g.BatchNorm(g.Conv2d(x, $"{unit}.downsample.0.weight", stride: stride), $"{unit}.downsample.1")
            : x;
        Value y;
        if (g.HasWeight($"{unit}.conv3.weight"))
        {
            y = g.Relu(g.BatchNorm(g.Conv2d(x, $"{unit}.conv1.weight"), $"{unit}.bn1"));
            y = g.Relu(g.BatchNorm(g.Conv2d(y, $"{unit}.conv2.weight", stride: stride, padding: 1), $"{unit}.bn2"));
            y = g.BatchNorm(g.Conv2d(y, $"{unit}.conv3.weight"), $"{unit}.bn3");
        }
        else
        {
            y = g.Relu(g.BatchNorm(g.Conv2d(x, $"{unit}.conv1.weight", stride: stride, padding: 1), $"{unit}.bn1"));
            y = g.BatchNorm(g.Conv2d(y, $"{unit}.conv2.weight", padding: 1), $"{unit}.bn2");
        }

        return g.Relu(g.Sum(y, shortcut));
    }
}
