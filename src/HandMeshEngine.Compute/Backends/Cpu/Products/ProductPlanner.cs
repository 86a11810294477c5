using HandMeshEngine.Compute.Backends.Cpu.RowBands;

namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Plans convolutions and linear layers as matrix products that read the input where it lies.</summary>
internal static unsafe class ProductPlanner
{
    /// <summary>Appends a linear layer on the pixels of a view; the weight is [output channels, <paramref name="depth"/>].</summary>
    public static View EmitLinear<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, View input, int depth)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        var taps = new Taps([new Tap(0, 0, 0)], 1, 0, 0, input.Height, input.Width, 1);
        return Emit(plan, node, plan.Rounds(node) ? plan.Pairs(node, default) : input, 1, [taps], new WeightStrides(depth, 1, 0));
    }

    /// <summary>
    /// Appends a convolution or linear layer. Its output consists of parts, each with taps of its own; its weight is the last operand before
    /// those of the epilogue.
    /// </summary>
    public static View Emit<TSimd, TVector>(
        Lowering<TSimd, TVector> plan, Node node, View input, int stride, Taps[] parts, WeightStrides strides, int groups = 1)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        var op = (IEpilogueOp)node.Op;
        LayerOperands layer = LayerOperands.Of(plan, node, input);
        View output = layer.Output;
        Tensor weight = plan.Constant(node, op.OwnInputs - 1, "weight");
        bool pairs = plan.Rounds(node);
        int channels = output.Channels / groups, depth = input.Channels / groups;
        int pixels = parts.Max(part => output.Images * part.Height * part.Width);
        TileShape shape = TileShape.Choose<TSimd, TVector>(pixels, channels, parts.Max(part => Math.Max(1, part.Items.Length)) * depth, hasPairs: !pairs);
        int padded = ChannelConstants.Padded<TSimd, TVector>(channels);
        float* bias = ChannelConstants.Bias(plan, node, groups, channels);
        float* slope = ChannelConstants.Slope(plan, node, groups, channels);
        var rows = new ProductRows(plan.Constants, layer, stride, shape);
        var products = new List<Product>();
        foreach (Taps part in parts)
        {
            for (int group = 0; group < groups; group++)
            {
                (int[] segments, int length) = part.Segments(input, group * depth, depth);
                Panel[] panels = WeightPacking.Panels<TSimd, TVector>(
                    plan.Constants,
                    weight.Span<float>(),
                    strides,
                    part,
                    group,
                    channels,
                    pairs ? 2 * depth : depth,
                    shape,
                    bias + (group * padded),
                    slope == null ? null : slope + (group * padded),
                    pairs);
                var product = new Product(0, 0, 0, 0, (nint)plan.Constants.Integers(segments), segments.Length, length, panels);
                products.Add(rows.Of(product, part, part.Height));
            }
        }

        ProductBands? bands = null;
        if (products.Count == 1 && output.Images == 1 && parts[0] is { OutputStride: 1, Items.Length: > 0 })
        {
            bands = new ProductBands(RowWindow.Of(parts[0], stride), height => rows.Of(products[0], parts[0], height));
        }

        string name = $"{node.Op.Kind} {node.Op.Describe()}".TrimEnd();
        plan.Emit(
            node, new ProductStep<TSimd, TVector>(name, [.. products], bands, shape, layer, plan.Threads, pairs ? plan.Constants.Code : null), output, layer.Reads);
        return output;
    }
}
