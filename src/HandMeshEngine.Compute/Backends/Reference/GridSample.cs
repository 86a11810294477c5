namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class GridSample : ReferenceOp<GridSampleOp>
{
    protected override void Evaluate(GridSampleOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        Shape y = output.Shape;
        ReadOnlySpan<float> map = inputs[0].Span<float>();
        ReadOnlySpan<float> points = inputs[1].Span<float>();
        Span<float> to = output.Span<float>();
        for (int n = 0; n < y[0]; n++)
        {
            for (int p = 0; p < y[1]; p++)
            {
                float px = points[(((n * y[1]) + p) * 2) + 0];
                float py = points[(((n * y[1]) + p) * 2) + 1];
                if (op.Border == SampleBorder.Clamp)
                {
                    px = Math.Clamp(px, 0, x[3] - 1);
                    py = Math.Clamp(py, 0, x[2] - 1);
                }

                float x0 = MathF.Floor(px), y0 = MathF.Floor(py);
                float fx = px - x0, fy = py - y0;
                for (int c = 0; c < x[1]; c++)
                {
                    ReadOnlySpan<float> plane = map.Slice(((n * x[1]) + c) * x[2] * x[3], x[2] * x[3]);
                    to[(((n * y[1]) + p) * x[1]) + c] =
                        ((1 - fy) * (((1 - fx) * Tap(plane, x, x0, y0)) + (fx * Tap(plane, x, x0 + 1, y0))))
                        + (fy * (((1 - fx) * Tap(plane, x, x0, y0 + 1)) + (fx * Tap(plane, x, x0 + 1, y0 + 1))));
                }
            }
        }
    }

    private static float Tap(ReadOnlySpan<float> plane, Shape x, float column, float row) =>
        column >= 0 && column < x[3] && row >= 0 && row < x[2] ? plane[((int)row * x[3]) + (int)column] : 0;
}
