using HandMeshEngine.Compute.Backends.Cpu.Depthwise;
using HandMeshEngine.Compute.Backends.Cpu.Winograd;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>One element of a kernel.</summary>
/// <param name="Dy">Input row that it reads, counted from stride times the output row.</param>
/// <param name="Dx">Input column likewise.</param>
/// <param name="Weight">Its place in the last two axes of the weight.</param>
internal readonly record struct Tap(int Dy, int Dx, int Weight);

/// <summary>
/// A convolution as a list of taps in order of input address. A transposed convolution of stride s is s s ordinary ones, each of
/// which makes every s-th row and column of the output from its own share of the kernel.
/// </summary>
/// <param name="Items">The taps, rows of equal length.</param>
/// <param name="RowLength">Taps with the same Dy.</param>
/// <param name="Row">First output row.</param>
/// <param name="Column">First output column.</param>
/// <param name="Height">Output rows.</param>
/// <param name="Width">Output columns.</param>
/// <param name="OutputStride">Output rows, and columns, from one to the next.</param>
internal sealed record Taps(Tap[] Items, int RowLength, int Row, int Column, int Height, int Width, int OutputStride)
{
    /// <summary>The taps of a convolution.</summary>
    public static Taps Of(Conv2dOp op, Shape weight, Shape output)
    {
        var items = new List<Tap>();
        for (int ky = 0; ky < weight[2]; ky++)
        {
            for (int kx = 0; kx < weight[3]; kx++)
            {
                items.Add(new Tap((ky * op.Dilation) - op.Padding.Top, (kx * op.Dilation) - op.Padding.Left, (ky * weight[3]) + kx));
            }
        }

        return new Taps([.. items], weight[3], 0, 0, output[2], output[3], 1);
    }

    /// <summary>The ordinary convolutions that a transposed one consists of; those without outputs are left out.</summary>
    public static Taps[] Of(ConvTranspose2dOp op, Shape weight, Shape output)
    {
        var phases = new List<Taps>();
        for (int py = 0; py < op.Stride; py++)
        {
            for (int px = 0; px < op.Stride; px++)
            {
                var items = new List<Tap>();
                (int D, int K)[] columns = Axis(op, px, weight[3]);
                foreach ((int dy, int ky) in Axis(op, py, weight[2]))
                {
                    items.AddRange(columns.Select(column => new Tap(dy, column.D, (ky * weight[3]) + column.K)));
                }

                int height = (output[2] - py + op.Stride - 1) / op.Stride;
                int width = (output[3] - px + op.Stride - 1) / op.Stride;
                if (height > 0 && width > 0)
                {
                    phases.Add(new Taps([.. items], columns.Length, py, px, height, width, op.Stride));
                }
            }
        }

        return [.. phases];
    }

    /// <summary>The border that a node's first input needs; null for ops that want none.</summary>
    public static Padding? BorderNeeded(OpGraph graph, Node node)
    {
        Shape Operand(int i) => graph.Nodes[node.Inputs[i]].Type.Shape;
        return node.Op switch
        {
            Conv2dOp conv when WinogradFilter.Applies(conv, Operand(0), Operand(1), node.Type.Shape) =>
                WinogradFilter.Border(conv, Operand(0), node.Type.Shape),
            Conv2dOp conv when DepthwiseWindow.Of(conv, Operand(0), Operand(1), node.Type.Shape).Size > 0 => default(Padding),
            Conv2dOp conv => Of(conv, Operand(1), node.Type.Shape).Border(Operand(0), conv.Stride),
            ConvTranspose2dOp conv => Of(conv, Operand(1), node.Type.Shape)
                .Select(phase => phase.Border(Operand(0), 1))
                .Aggregate(default(Padding), (a, b) => new Padding(
                    Math.Max(a.Top, b.Top), Math.Max(a.Left, b.Left), Math.Max(a.Bottom, b.Bottom), Math.Max(a.Right, b.Right))),
            _ => null,
        };
    }

    /// <summary>How far the taps reach out of the input.</summary>
    public Padding Border(Shape input, int stride) => Items.Length == 0
        ? default
        : new Padding(
            Math.Max(0, -Items.Min(tap => tap.Dy)),
            Math.Max(0, -Items.Min(tap => tap.Dx)),
            Math.Max(0, Items.Max(tap => tap.Dy) + ((Height - 1) * stride) - (input[2] - 1)),
            Math.Max(0, Items.Max(tap => tap.Dx) + ((Width - 1) * stride) - (input[3] - 1)));

    // Output p + s j takes input j + d by kernel element k if p + padding - k = s d; ascending d.
    private static (int D, int K)[] Axis(ConvTranspose2dOp op, int phase, int kernel) =>
    [
        .. Enumerable.Range(0, kernel)
            .Where(k => (phase + op.Padding - k) % op.Stride == 0)
            .Select(k => ((phase + op.Padding - k) / op.Stride, k))
            .OrderBy(pair => pair.Item1),
    ];
}
