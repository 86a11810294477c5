namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>What the values of weights must be like to compute with them.</summary>
internal static class WeightValues
{
    private const double LargestHalf = 65504;

    /// <summary>Float64 and bfloat16, which nothing computes with, become float32; other types stay.</summary>
    public static Tensor Computable(Tensor tensor) =>
        tensor.Type is DType.Float64 or DType.BFloat16 ? tensor.ToFloat32() : tensor;

    /// <summary>Notes tensors with values that are not finite, or that float16 cannot hold.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="tensor">Its values.</param>
    /// <param name="notFinite">Receives the name if a value is infinite or not a number.</param>
    /// <param name="beyondHalf">Receives the name if a value leaves the float16 range.</param>
    public static void Inspect(string name, Tensor tensor, List<string> notFinite, List<string> beyondHalf)
    {
        double largest = 0;
        switch (tensor.Type)
        {
            case DType.Float32:
                foreach (float value in tensor.Span<float>())
                {
                    // A comparison that is false for NaN would lose it; this one keeps it.
                    largest = Math.Abs(value) <= largest ? largest : Math.Abs(value);
                }

                break;
            case DType.Float16:
                foreach (Half value in tensor.Span<Half>())
                {
                    largest = Half.IsFinite(value) ? largest : double.NaN;
                }

                break;
        }

        if (!double.IsFinite(largest))
        {
            notFinite.Add(name);
        }
        else if (largest > LargestHalf)
        {
            beyondHalf.Add(name);
        }
    }
}
