namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Windows of maps, combined value by value.</summary>
internal static class Pooling
{
    public static void Evaluate(
        Tensor input,
        Tensor output,
        int window,
        int stride,
        Padding padding,
        float start,
        Func<float, float, float> combine,
        Func<float, int, float> finish)
    {
        Shape x = input.Shape;
        Shape y = output.Shape;
        ReadOnlySpan<float> map = input.Span<float>();
        Span<float> to = output.Span<float>();
        int index = 0;
        for (int plane = 0; plane < y[0] * y[1]; plane++)
        {
            for (int row = 0; row < y[2]; row++)
            {
                for (int column = 0; column < y[3]; column++, index++)
                {
                    float value = start;
                    for (int ky = 0; ky < window; ky++)
                    {
                        for (int kx = 0; kx < window; kx++)
                        {
                            int sy = (row * stride) - padding.Top + ky;
                            int sx = (column * stride) - padding.Left + kx;
                            if ((uint)sy < (uint)x[2] && (uint)sx < (uint)x[3])
                            {
                                value = combine(value, map[(((plane * x[2]) + sy) * x[3]) + sx]);
                            }
                        }
                    }

                    to[index] = finish(value, window * window);
                }
            }
        }
    }
}
