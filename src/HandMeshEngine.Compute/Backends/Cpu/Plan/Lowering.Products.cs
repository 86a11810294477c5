using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.RowBands;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Backends.Cpu.Winograd;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <content>Ops that are matrix products.</content>
internal sealed unsafe partial class Lowering<TSimd, TVector>
{
    // Blocks of a Winograd convolution whose V and M stay in the second-level cache at 128 channels.
    private const int LargestWinogradGroup = 28;

    private const int WinogradBlocksPerThread = 24;

    /// <summary>Strides of a weight: of an output channel, an input channel and a tap.</summary>
    private readonly record struct WeightStrides(int Output, int Input, int Tap);

    private static bool IsDepthwise(Conv2dOp conv, Shape input, Shape weight) =>
        conv.Groups > 1 && conv.Groups == input[1] && weight[0] == input[1];

    private bool IsDepthwise(Node node, Conv2dOp conv) => IsDepthwise(conv, OperandShape(node, 0), OperandShape(node, 1));

    private void Conv2d(Node node, Conv2dOp op)
    {
        Shape weight = OperandShape(node, 1);
        int kernel = weight[2] * weight[3];
        Area input = WithBorder(node, 0, Taps.BorderNeeded(_graph, node)!.Value);
        Products(
            node,
            op.Epilogue,
            op.OwnInputs,
            input,
            op.Stride,
            [Taps.Of(op, weight, node.Type.Shape)],
            new WeightStrides(weight[1] * kernel, kernel, 1),
            op.Groups,
            Allocate(node));
    }

    /// <summary>A convolution of single pixels.</summary>
    private bool IsPointwise(Conv2dOp op, Node input)
    {
        Node conv = SoleConsumer(input)!;
        Shape weight = OperandShape(conv, 1);
        return op is { Stride: 1, Groups: 1 } && op.Padding == default && weight[2] == 1 && weight[3] == 1 && conv.Inputs[0] == input.Id;
    }

    /// <summary>
    /// A convolution of single pixels after space-to-depth reads the 2x2 blocks itself: weight column 4 c + 2 (row parity) +
    /// (column parity) is tap (row parity, column parity) of channel c.
    /// </summary>
    private void BlockConv2d(Node node, Conv2dOp op)
    {
        Area input = Operand(Producer(node, 0), 0);
        Shape shape = node.Type.Shape;
        var taps = new Taps([new Tap(0, 0, 0), new Tap(0, 1, 1), new Tap(1, 0, 2), new Tap(1, 1, 3)], 2, 0, 0, shape[2], shape[3], 1);
        Products(node, op.Epilogue, op.OwnInputs, input, 2, [taps], new WeightStrides(4 * input.Channels, 4, 1), 1, Allocate(node));
    }

    private void WinogradConv(Node node, Conv2dOp op)
    {
        Area input = WithBorder(node, 0, Taps.BorderNeeded(_graph, node)!.Value);
        Area output = Allocate(node);
        Epilogue epilogue = op.Epilogue;
        Area? residual = epilogue.Residual ? Operand(node, epilogue.ResidualIndex(op.OwnInputs)) : null;
        int blocks = output.Images * WinogradFilter.Blocks(output.Height) * WinogradFilter.Blocks(output.Width);

        // With few blocks to a thread the weights are cut instead, so that each is read once.
        bool inGroups = _threads == 1 || blocks >= WinogradBlocksPerThread * _threads;
        int groups = (blocks + LargestWinogradGroup - 1) / LargestWinogradGroup;
        groups = (groups + _threads - 1) / _threads * _threads;
        int groupBlocks = inGroups ? (blocks + groups - 1) / groups : blocks;
        TileShape shape = TileShape.Choose<TSimd, TVector>(groupBlocks, output.Channels, input.Channels);
        var layer = new WinogradLayer<TSimd, TVector>(
            input, output, residual, op.Padding, epilogue.Activation, WinogradConstants(node, op, shape, output.Channels, input.Channels));
        string name = $"conv2d {op.Describe()}";
        Span<Area> reads = residual is null ? [input] : [input, residual];
        MatrixRows rows = MatrixRows(groupBlocks, layer.InputStride, layer.OutputStride, shape);
        if (inGroups)
        {
            MatrixRows last = MatrixRows(((blocks - 1) % groupBlocks) + 1, layer.InputStride, layer.OutputStride, shape);
            Emit(node, new WinogradStep<TSimd, TVector>(name, layer, groupBlocks, rows, last), output, reads);
        }
        else
        {
            Area v = Area.Dense(new Shape(WinogradFilter.Matrices * blocks * layer.InputStride));
            Area m = Area.Dense(new Shape(WinogradFilter.Matrices * blocks * layer.OutputStride));
            WinogradPartStep<TSimd, TVector> Part(WinogradPart part) => new(name, part, layer, v, m, rows, _threads);
            Emit(node, Part(WinogradPart.Input), v, input);
            Emit(node, Part(WinogradPart.Product), m, v);
            Emit(node, Part(WinogradPart.Output), output, [m, .. reads]);
        }

        _places[node.Id] = new Place(output);
    }

    private WinogradWeights WinogradConstants(Node node, Conv2dOp op, TileShape shape, int channels, int depth)
    {
        float[][] matrices = WinogradFilter.Transform(Constant(node, 1, "weight"));
        var taps = new Taps([new Tap(0, 0, 0)], 1, 0, 0, 1, 1, 1);
        float* zeros = _plan.Constants.Floats(shape.Vectors * TSimd.Width);
        return new WinogradWeights(
            shape,
            [.. matrices.Select(matrix => Panels(
                matrix, new WeightStrides(depth, 1, 0), taps, 0, channels, depth, shape, zeros, null))],
            (nint)Bias(node, op.Epilogue, op.OwnInputs, 1, channels),
            (nint)Slope(node, op.Epilogue, op.OwnInputs, 1, channels),
            (nint)zeros);
    }

    private void ConvTranspose2d(Node node, ConvTranspose2dOp op)
    {
        Shape weight = OperandShape(node, 1);
        int kernel = weight[2] * weight[3];
        Area input = WithBorder(node, 0, Taps.BorderNeeded(_graph, node)!.Value);
        Products(
            node,
            op.Epilogue,
            op.OwnInputs,
            input,
            1,
            Taps.Of(op, weight, node.Type.Shape),
            new WeightStrides(kernel, weight[1] * kernel, 1),
            1,
            Allocate(node));
    }

    private void Linear(Node node, LinearOp op) =>
        LinearOn(node, op.Epilogue, op.OwnInputs, Operand(node, 0), OperandShape(node, 1)[1]);

    private void LinearOn(Node node, Epilogue epilogue, int own, Area input, int depth)
    {
        var taps = new Taps([new Tap(0, 0, 0)], 1, 0, 0, input.Height, input.Width, 1);
        Products(node, epilogue, own, input, 1, [taps], new WeightStrides(depth, 1, 0), 1, Allocate(node));
    }

    private void Products(
        Node node,
        Epilogue epilogue,
        int own,
        Area input,
        int stride,
        Taps[] parts,
        WeightStrides strides,
        int groups,
        Area output)
    {
        Tensor weight = Constant(node, own - 1, "weight");
        Area? residual = epilogue.Residual ? Operand(node, epilogue.ResidualIndex(own)) : null;
        int channels = output.Channels / groups;
        int depth = input.Channels / groups;
        int pixels = parts.Max(part => output.Images * part.Height * part.Width);
        TileShape shape = TileShape.Choose<TSimd, TVector>(pixels, channels, parts.Max(part => Math.Max(1, part.Items.Length)) * depth);

        // Every group starts on a whole vector, so bias and slopes are spread out per group.
        int padded = (channels + TSimd.Width - 1) / TSimd.Width * TSimd.Width;
        float* bias = Bias(node, epilogue, own, groups, channels);
        float* slope = Slope(node, epilogue, own, groups, channels);

        var products = new List<Product>();
        foreach (Taps part in parts)
        {
            for (int group = 0; group < groups; group++)
            {
                products.Add(MakeProduct(part, group));
            }
        }

        string name = $"{node.Op.Kind} {node.Op.Describe()}".TrimEnd();
        ProductBands? bands = null;
        if (products.Count == 1 && output.Images == 1 && parts[0] is { OutputStride: 1, Items.Length: > 0 })
        {
            bands = new ProductBands(RowWindow.Of(parts[0], stride), rows => Rows(products[0], parts[0], rows));
        }

        var step = new ProductStep<TSimd, TVector>(name, [.. products], bands, shape, input, output, residual, epilogue.Activation, _threads);
        Emit(node, step, output, residual is null ? [input] : [input, residual]);
        _places[node.Id] = new Place(output);

        Product MakeProduct(Taps part, int group)
        {
            (int[] segments, int length) = Segments(part, input, group * depth, depth);
            var product = new Product(
                0,
                0,
                0,
                0,
                (nint)_plan.Constants.Integers(segments),
                segments.Length,
                length,
                Panels(weight.Span<float>(), strides, part, group, channels, depth, shape, bias + (group * padded), slope == null ? null : slope + (group * padded)));
            return Rows(product, part, part.Height);
        }

        // The product with the tables for the first rows of its output.
        Product Rows(Product product, Taps part, int height)
        {
            int count = output.Images * height * part.Width;
            int whole = (count + shape.Pixels - 1) / shape.Pixels * shape.Pixels;
            int step = part.OutputStride;
            nint Table(Area area, int step, int first) => (nint)RowTable(
                output.Images, height, part.Width, area.ImageStride, step * area.RowStride, step * area.PixelStride, first, whole);
            nint Phase(Area area) => Table(area, step, (part.Row * area.RowStride) + (part.Column * area.PixelStride));
            return product with
            {
                Pixels = count,
                InputRows = Table(input, stride, 0),
                OutputRows = Phase(output),
                ResidualRows = residual is null ? 0 : Phase(residual),
            };
        }
    }

    /// <summary>Runs of adjacent input floats that a part's taps read, in the order of the packed weights.</summary>
    private static (int[] Offsets, int Length) Segments(Taps part, Area input, int firstChannel, int depth)
    {
        if (part.Items.Length == 0)
        {
            return ([0], depth);
        }

        bool adjacent = depth == input.PixelStride
            && Enumerable.Range(1, part.Items.Length - 1).All(i => i % part.RowLength == 0 || part.Items[i].Dx == part.Items[i - 1].Dx + 1);
        int run = adjacent ? part.RowLength : 1;
        return (
            [.. part.Items.Where((_, i) => i % run == 0).Select(tap => (tap.Dy * input.RowStride) + (tap.Dx * input.PixelStride) + firstChannel)],
            run * depth);
    }

    private Panel[] Panels(
        ReadOnlySpan<float> values,
        WeightStrides strides,
        Taps part,
        int group,
        int channels,
        int depth,
        TileShape shape,
        float* bias,
        float* slope)
    {
        int vectors = (channels + TSimd.Width - 1) / TSimd.Width;
        int taps = Math.Max(1, part.Items.Length);
        var panels = new Panel[(vectors + shape.Vectors - 1) / shape.Vectors];
        for (int i = 0; i < panels.Length; i++)
        {
            int first = i * shape.Vectors * TSimd.Width;
            int panelVectors = Math.Min(shape.Vectors, vectors - (i * shape.Vectors));
            int width = panelVectors * TSimd.Width;
            int real = Math.Min(width, channels - first);
            float* packed = _plan.Constants.Floats((long)taps * depth * width);
            float* to = packed;
            foreach (Tap tap in part.Items)
            {
                for (int k = 0; k < depth; k++, to += width)
                {
                    int from = (((group * channels) + first) * strides.Output) + (k * strides.Input) + (tap.Weight * strides.Tap);
                    for (int lane = 0; lane < real; lane++, from += strides.Output)
                    {
                        to[lane] = values[from];
                    }
                }
            }

            panels[i] = new Panel(
                (group * channels) + first, real, panelVectors, (nint)packed, (nint)(bias + first), slope == null ? 0 : (nint)(slope + first));
        }

        return panels;
    }

    /// <summary>The bias of an op, or zeros; each group padded to whole vectors.</summary>
    private float* Bias(Node node, Epilogue epilogue, int own, int groups, int channels) => SpreadChannels(
        epilogue.Bias ? Constant(node, epilogue.BiasIndex(own), "bias").Span<float>() : default, 0, groups, channels);

    /// <summary>The slopes below zero of an op, each group padded to whole vectors; null if its activation has none.</summary>
    private float* Slope(Node node, Epilogue epilogue, int own, int groups, int channels) => epilogue.Activation.Kind switch
    {
        ActivationKind.PRelu => SpreadChannels(Constant(node, epilogue.SlopeIndex(own), "slope").Span<float>(), 0, groups, channels),
        ActivationKind.LeakyRelu => SpreadChannels(default, epilogue.Activation.A, groups, channels),
        _ => null,
    };

    private float* SpreadChannels(ReadOnlySpan<float> values, float otherwise, int groups, int channels)
    {
        int padded = (channels + TSimd.Width - 1) / TSimd.Width * TSimd.Width;
        float* to = _plan.Constants.Floats((long)groups * padded);
        for (int i = 0; i < groups * channels; i++)
        {
            to[(i / channels * padded) + (i % channels)] = values.IsEmpty ? otherwise : values[i];
        }

        return to;
    }

    /// <summary>The offset of each pixel of an area, the last repeated up to <paramref name="whole"/> entries.</summary>
    private int* RowTable(int images, int height, int width, int imageStride, int rowStride, int pixelStride, int first, int whole) =>
        _plan.Constants.Shared((images, height, width, imageStride, rowStride, pixelStride, first, whole), () =>
        {
            int count = images * height * width;
            var table = new int[whole];
            for (int i = 0; i < whole; i++)
            {
                (int row, int x) = Math.DivRem(Math.Min(i, count - 1), width);
                (int n, int y) = Math.DivRem(row, height);
                table[i] = first + (n * imageStride) + (y * rowStride) + (x * pixelStride);
            }

            return table;
        });

    /// <summary>The offset of each pixel of an area.</summary>
    private int* RowTable(Area area) => RowTable(
        area.Images, area.Height, area.Width, area.ImageStride, area.RowStride, area.PixelStride, 0, area.Pixels);

    private void SpiralConv(Node node, SpiralConvOp op)
    {
        Area x = Operand(node, 0);
        Shape index = OperandShape(node, 1);
        var gathered = Area.Dense(new Shape(x.Images, index[0], index[1] * x.Channels));
        Area entries = gathered with
        {
            Width = index[0] * index[1],
            Channels = x.Channels,
            PixelStride = x.Channels,
        };
        Block indices = Indices(node, 1, x.Width, "index");
        Emit(node, new GatherStep<TSimd, TVector>(x, indices, entries, _threads), entries, x);
        LinearOn(node, op.Epilogue, op.OwnInputs, gathered, gathered.Channels);
    }

    private void MatMul(Node node)
    {
        Area a = Operand(node, 0), b = Operand(node, 1), output = Allocate(node);
        TileShape shape = TileShape.Choose<TSimd, TVector>(output.Width, output.Channels, a.Channels);
        var step = new MatMulStep<TSimd, TVector>(a, b, output, shape, MatrixRows(output.Width, a.PixelStride, output.PixelStride, shape));
        Emit(node, step, output, a, b);
        _places[node.Id] = new Place(output);
    }

    private void Attention(Node node, AttentionOp op)
    {
        Area q = Operand(node, 0), k = Operand(node, 1), v = Operand(node, 2), output = Allocate(node);
        var layout = new AttentionLayout(op.Heads, k.Width, k.Channels / op.Heads, TSimd.Width);
        Area packed = Area.Dense(new Shape(checked((int)(k.Images * layout.ImageFloats))));
        Emit(node, new AttentionPackStep<TSimd, TVector>(layout, k, v, packed), packed, k, v);
        var shape = new TileShape(TSimd.Registers == 32 ? 12 : 6, layout.PanelVectors);
        int count = Math.Min(q.Width, 2 * shape.Pixels), last = ((q.Width - 1) % count) + 1;
        var rows = new AttentionRows(
            count,
            MatrixRows(count, q.PixelStride, layout.PaddedKeys, shape),
            MatrixRows(count, layout.PaddedKeys, output.PixelStride, shape),
            MatrixRows(last, q.PixelStride, layout.PaddedKeys, shape),
            MatrixRows(last, layout.PaddedKeys, output.PixelStride, shape));
        Emit(node, new AttentionStep<TSimd, TVector>(layout, rows, shape, op.Scale, q, packed, output), output, q, packed);
        _places[node.Id] = new Place(output);
    }

    private MatrixRows MatrixRows(int rows, int inputStride, int outputStride, TileShape shape)
    {
        int tiles = (rows + shape.Pixels - 1) / shape.Pixels;
        return new MatrixRows(
            (nint)RowTable(1, 1, rows, 0, 0, inputStride, 0, tiles * shape.Pixels),
            (nint)RowTable(1, 1, rows, 0, 0, outputStride, 0, tiles * shape.Pixels),
            tiles);
    }
}
