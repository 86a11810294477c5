namespace HandMeshEngine.Compute.Backends.Cpu.Products;

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

    /// <summary>How far the taps reach out of the input.</summary>
    public Padding Border(Shape input, int stride) => Items.Length == 0
        ? default
        : new Padding(
            Math.Max(0, -Items.Min(tap => tap.Dy)),
            Math.Max(0, -Items.Min(tap => tap.Dx)),
            Math.Max(0, Items.Max(tap => tap.Dy) + ((Height - 1) * stride) - (input[2] - 1)),
            Math.Max(0, Items.Max(tap => tap.Dx) + ((Width - 1) * stride) - (input[3] - 1)));

    /// <summary>Runs of adjacent input floats that the taps read, in the order of the packed weights.</summary>
    public (int[] Offsets, int Length) Segments(View input, int firstChannel, int depth)
    {
        if (Items.Length == 0)
        {
            return ([0], depth);
        }

        bool adjacent = depth == input.PixelStride
            && Enumerable.Range(1, Items.Length - 1).All(i => i % RowLength == 0 || Items[i].Dx == Items[i - 1].Dx + 1);
        int run = adjacent ? RowLength : 1;
        return (
            [.. Items.Where((_, i) => i % run == 0).Select(tap => (tap.Dy * input.RowStride) + (tap.Dx * input.PixelStride) + firstChannel)],
            run * depth);
    }

    // Output p + s j takes input j + d by kernel element k if p + padding - k = s d; ascending d.
    private static (int D, int K)[] Axis(ConvTranspose2dOp op, int phase, int kernel) =>
    [
        .. Enumerable.Range(0, kernel)
            .Where(k => (phase + op.Padding - k) % op.Stride == 0)
            .Select(k => ((phase + op.Padding - k) / op.Stride, k))
            .OrderBy(pair => pair.Item1),
    ];
}
