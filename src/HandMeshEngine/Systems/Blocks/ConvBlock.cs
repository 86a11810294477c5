namespace HandMeshEngine.Systems.Blocks;

/// <summary>
/// Convolution with bias, batch norm, ReLU: the block of inceptiongraph and pixelaligned, there written CB(in -> out, k). Keys
/// <c>.conv.{weight, bias}</c> and <c>.norm.*</c>; stride 1, zero padding that keeps the size.
/// </summary>
internal static class ConvBlock
{
    /// <summary>CB.</summary>
    public static Value Apply(GraphBuilder g, Value x, string block) => g.Relu(Linear(g, x, block));

    /// <summary>CB-: the same without ReLU.</summary>
    public static Value Linear(GraphBuilder g, Value x, string block)
    {
        int kernel = g.Weight($"{block}.conv.weight").Shape[2];
        return g.BatchNorm(g.Conv2d(x, $"{block}.conv.weight", $"{block}.conv.bias", padding: kernel / 2), $"{block}.norm");
    }

    /// <summary>A map brought to the size of another (bilinear, half-pixel centres), then joined with it, first map first.</summary>
    public static Value JoinAtSizeOf(GraphBuilder g, Value x, Value skip)
    {
        var size = g.ShapeOf(skip);
        return g.Concat(1, g.Resize(x, size[2], size[3]), skip);
    }
}
