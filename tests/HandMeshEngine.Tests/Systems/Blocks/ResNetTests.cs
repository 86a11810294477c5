using HandMeshEngine.Systems.Blocks;

namespace HandMeshEngine.Tests.Systems.Blocks;

public sealed class ResNetTests
{
    [Theory]
    [InlineData(false, new[] { 2, 2, 2, 2 }, 8, 21)] // ResNet-18: layer1 widens here, so it has a downsample too
    [InlineData(true, new[] { 3, 4, 6, 3 }, 32, 53)] // ResNet-50
    [InlineData(true, new[] { 3, 4, 23, 3 }, 32, 104)] // ResNet-101
    public void ResNet_reads_its_depth_from_the_keys(bool wide, int[] units, int channels, int convolutions)
    {
        GraphBuilder g = new(Trunk(wide, units));
        Value x = ResNet.Pool(g, ResNet.Stem(g, g.Input("image", 2, 3, 64, 32), "trunk"));
        Value c5 = ResNet.Layers(g, x, "trunk");
        g.Output("c5", c5);

        Assert.Equal(new Shape(2, channels, 2, 1), g.ShapeOf(c5));
        Assert.Equal(convolutions, g.Build().Nodes.Count(node => node.Op is Conv2dOp));
    }

    // Widths 1, 2, 4, 8 instead of 64 to 512: the block takes every number from the tensors.
    private static Dictionary<string, Tensor> Trunk(bool wide, int[] units)
    {
        var weights = new Dictionary<string, Tensor>();
        AddConvolution(weights, "trunk.conv1", "trunk.bn1", 2, 3, 7);
        int from = 2;
        for (int layer = 0; layer < 4; layer++)
        {
            int planes = 1 << layer;
            int to = wide ? 4 * planes : planes;
            for (int i = 0; i < units[layer]; i++)
            {
                string unit = $"trunk.layer{layer + 1}.{i}";
                AddConvolution(weights, $"{unit}.conv1", $"{unit}.bn1", planes, from, wide ? 1 : 3);
                AddConvolution(weights, $"{unit}.conv2", $"{unit}.bn2", planes, planes, 3);
                if (wide)
                {
                    AddConvolution(weights, $"{unit}.conv3", $"{unit}.bn3", to, planes, 1);
                }

                if (i == 0 && (layer > 0 || from != to))
                {
                    AddConvolution(weights, $"{unit}.downsample.0", $"{unit}.downsample.1", to, from, 1);
                }

                from = to;
            }
        }

        return weights;
    }

    private static void AddConvolution(Dictionary<string, Tensor> weights, string conv, string norm, int to, int from, int kernel)
    {
        weights.Add($"{conv}.weight", new Tensor(DType.Float32, new Shape(to, from, kernel, kernel)));
        foreach (string part in (string[])["weight", "bias", "running_mean", "running_var"])
        {
            weights.Add($"{norm}.{part}", new Tensor(DType.Float32, new Shape(to)));
        }
    }
}
