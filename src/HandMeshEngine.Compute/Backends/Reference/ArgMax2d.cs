namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class ArgMax2d : ReferenceOp<ArgMax2dOp>
{
    protected override void Evaluate(ArgMax2dOp op, Tensor[] inputs, Tensor output)
    {
        int width = inputs[0].Shape[3];
        int pixels = inputs[0].Shape[2] * width;
        for (int map = 0; map < inputs[0].Shape[0] * inputs[0].Shape[1]; map++)
        {
            ReadOnlySpan<float> values = inputs[0].Span<float>().Slice(map * pixels, pixels);
            int best = 0;
            for (int i = 1; i < pixels; i++)
            {
                best = values[i] > values[best] ? i : best;
            }

            Span<float> to = output.Span<float>().Slice(3 * map, 3);
            to[0] = best % width;
            to[1] = best / width;
            to[2] = values[best];
        }
    }
}
