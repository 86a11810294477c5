namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class WarpNormalize : ReferenceOp<WarpNormalizeOp>
{
    private delegate float Read(int channel, int column, int row);

    protected override void Evaluate(WarpNormalizeOp op, Tensor[] inputs, Tensor output) => Evaluate(op, inputs, default, output);

    protected override void Evaluate(WarpNormalizeOp op, Tensor[] inputs, ImageView image, Tensor output)
    {
        bool fromMap = inputs[0].Shape.Rank == 4;
        if (!fromMap && image.IsEmpty)
        {
            throw new ArgumentException("this graph reads an image; hand one to Run");
        }

        Frame? frame = fromMap ? null : new Frame(image);
        Span<double> matrices = inputs[1].Span<double>();
        for (int n = 0; n < output.Shape[0]; n++)
        {
            double[] m = matrices.Slice(9 * n, 9).ToArray();
            Pixels taps = frame is null ? Pixels.Of(inputs[0], n) : Pixels.Of(frame);
            for (int channel = 0; channel < 3; channel++)
            {
                int from = op.SwapRedBlue ? 2 - channel : channel;
                (float scale, float offset) = channel switch
                {
                    0 => (op.Scale.C0, op.Offset.C0),
                    1 => (op.Scale.C1, op.Offset.C1),
                    _ => (op.Scale.C2, op.Offset.C2),
                };
                Span<float> plane = output.Span<float>().Slice(((3 * n) + channel) * op.Height * op.Width, op.Height * op.Width);
                for (int row = 0; row < op.Height; row++)
                {
                    for (int column = 0; column < op.Width; column++)
                    {
                        double value = Sample(op, frame, taps, m, from, column, row);
                        plane[(row * op.Width) + column] = (float)((value * scale) + offset);
                    }
                }
            }
        }
    }

    private static double Sample(WarpNormalizeOp op, Frame? frame, Pixels taps, double[] m, int channel, int column, int row)
    {
        if (frame is { Projection: not null })
        {
            // The authors' samplings know no lens: what they round is rounded.
            double seen = frame.TryLens(m, column, row, out double x, out double y) ? frame.Bilinear(op.Border, channel, x, y) : 0;
            return op.Sampling == WarpSampling.Bilinear ? seen : Math.Floor(seen + 0.5);
        }

        return op.Sampling switch
        {
            WarpSampling.OpenCvWarp => OpenCvWarp(taps, op.Border, m, channel, column, row),
            WarpSampling.OpenCvResize => OpenCvResize(taps, op, m, channel, column, row),
            _ => Bilinear(frame, taps, op.Border, m, channel, column, row),
        };
    }

    private static double Bilinear(Frame? frame, Pixels taps, WarpBorder border, double[] m, int channel, int column, int row)
    {
        double w = (m[6] * column) + (m[7] * row) + m[8];
        double x = ((m[0] * column) + (m[1] * row) + m[2]) / w;
        double y = ((m[3] * column) + (m[4] * row) + m[5]) / w;
        if (frame is not null)
        {
            (x, y) = frame.ToStored(x, y);
            return frame.Bilinear(border, channel, x, y);
        }

        double x0 = Math.Floor(x), y0 = Math.Floor(y);
        double fx = x - x0, fy = y - y0;
        return ((1 - fy) * (((1 - fx) * taps.Tap(border, channel, x0, y0)) + (fx * taps.Tap(border, channel, x0 + 1, y0))))
            + (fy * (((1 - fx) * taps.Tap(border, channel, x0, y0 + 1)) + (fx * taps.Tap(border, channel, x0 + 1, y0 + 1))));
    }

    private static double OpenCvWarp(Pixels source, WarpBorder border, double[] m, int channel, int column, int row)
    {
        int x = ((int)Math.Round(((m[1] * row) + m[2]) * 1024) + 16 + (int)Math.Round(m[0] * column * 1024)) >> 5;
        int y = ((int)Math.Round(((m[4] * row) + m[5]) * 1024) + 16 + (int)Math.Round(m[3] * column * 1024)) >> 5;
        int fx = x & 31, fy = y & 31;
        x >>= 5;
        y >>= 5;
        int sum = 0;
        for (int dy = 0; dy < 2; dy++)
        {
            for (int dx = 0; dx < 2; dx++)
            {
                int weight = (dx == 1 ? fx : 32 - fx) * (dy == 1 ? fy : 32 - fy) * 32;
                sum += weight * (int)source.Tap(border, channel, x + dx, y + dy);
            }
        }

        return (sum + 16384) >> 15;
    }

    private static double OpenCvResize(Pixels source, WarpNormalizeOp op, double[] m, int channel, int column, int row)
    {
        (int left, int width, int right) = CropAxis(m[0], m[2], op.Width);
        (int top, int height, int down) = CropAxis(m[4], m[5], op.Height);
        (int x0, float fx) = ResizePosition(column, width, op.Width);
        (int y0, float fy) = ResizePosition(row, height, op.Height);
        if (x0 < 0)
        {
            (x0, fx) = (0, 0);
        }
        else if (x0 >= width - 1)
        {
            (x0, fx) = (width - 1, 0);
        }

        int a0 = (int)MathF.Round((1 - fx) * 2048), a1 = (int)MathF.Round(fx * 2048);
        int b0 = (int)MathF.Round((1 - fy) * 2048), b1 = (int)MathF.Round(fy * 2048);
        int x1 = Math.Min(x0 + 1, width - 1);
        int Horizontal(int r)
        {
            double y = top + (down * Math.Clamp(r, 0, height - 1));
            return (a0 * (int)source.Tap(op.Border, channel, left + (right * x0), y))
                + (a1 * (int)source.Tap(op.Border, channel, left + (right * x1), y));
        }

        int value = (((b0 * (Horizontal(y0) >> 4)) >> 16) + ((b1 * (Horizontal(y0 + 1) >> 4)) >> 16) + 2) >> 2;
        return Math.Clamp(value, 0, 255);
    }

    // First source pixel, how many, and the way to the next: a negative ratio mirrors.
    private static (int Start, int Extent, int Step) CropAxis(double ratio, double offset, int target)
    {
        int step = Math.Sign(ratio);
        return ((int)Math.Round(offset - (0.5 * ratio) + (0.5 * step)), (int)Math.Round(Math.Abs(ratio) * target), step);
    }

    private static (int Index, float Fraction) ResizePosition(int target, int from, int to)
    {
        float position = (float)(((target + 0.5) * ((double)from / to)) - 0.5);
        int index = (int)MathF.Floor(position);
        return (index, position - index);
    }

    /// <summary>Whole pixels behind one reader: an upright image, rounded to 8 bits, or a map of an earlier warp.</summary>
    private readonly record struct Pixels(int Width, int Height, Read Get)
    {
        public static Pixels Of(Frame frame) => new(frame.Width, frame.Height, frame.Rounded);

        public static Pixels Of(Tensor map, int item)
        {
            Shape shape = map.Shape;
            int first = shape[0] == 1 ? 0 : item * 3;
            return new Pixels(
                shape[3], shape[2], (channel, column, row) => map.Span<float>()[((((first + channel) * shape[2]) + row) * shape[3]) + column]);
        }

        public float Tap(WarpBorder border, int channel, double column, double row)
        {
            if (border == WarpBorder.Replicate)
            {
                column = Math.Clamp(column, 0, Width - 1);
                row = Math.Clamp(row, 0, Height - 1);
            }

            return column >= 0 && column < Width && row >= 0 && row < Height ? Get(channel, (int)column, (int)row) : 0;
        }
    }
}
