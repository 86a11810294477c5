namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Resize : ReferenceOp<ResizeOp>
{
    protected override void Evaluate(ResizeOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        Shape y = output.Shape;
        ReadOnlySpan<float> map = inputs[0].Span<float>();
        Span<float> to = output.Span<float>();
        int index = 0;
        for (int plane = 0; plane < x[0] * x[1]; plane++)
        {
            for (int row = 0; row < y[2]; row++)
            {
                (int y0, int y1, float fy) = Taps(op.Mode, row, x[2], y[2]);
                for (int column = 0; column < y[3]; column++, index++)
                {
                    (int x0, int x1, float fx) = Taps(op.Mode, column, x[3], y[3]);
                    int top = ((plane * x[2]) + y0) * x[3];
                    int bottom = ((plane * x[2]) + y1) * x[3];
                    float upper = map[top + x0] + (fx * (map[top + x1] - map[top + x0]));
                    float lower = map[bottom + x0] + (fx * (map[bottom + x1] - map[bottom + x0]));
                    to[index] = upper + (fy * (lower - upper));
                }
            }
        }
    }

    private static (int First, int Second, float Fraction) Taps(ResizeMode mode, int i, int from, int to)
    {
        if (mode == ResizeMode.Nearest)
        {
            int nearest = (int)((long)i * from / to);
            return (nearest, nearest, 0);
        }

        double source = mode == ResizeMode.BilinearAlignCorners
            ? (to > 1 ? (double)i * (from - 1) / (to - 1) : 0)
            : Math.Max(0, ((i + 0.5) * from / to) - 0.5);
        int first = Math.Min((int)source, from - 1);
        return (first, Math.Min(first + 1, from - 1), (float)(source - first));
    }
}
