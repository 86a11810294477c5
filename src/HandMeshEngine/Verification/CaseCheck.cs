namespace HandMeshEngine.Verification;

/// <summary>What every case must fulfil before anything is compared with it.</summary>
internal static class CaseCheck
{
    /// <summary>Returns the tensors if every stored number is finite.</summary>
    /// <exception cref="CheckpointException">One is not: a comparison with it could neither pass nor fail.</exception>
    public static TensorMap Finite(TensorMap tensors)
    {
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (tensor.Type is not (DType.Float32 or DType.Float16 or DType.Float64 or DType.BFloat16))
            {
                continue;
            }

            for (int i = 0; i < tensor.Shape.Count; i++)
            {
                if (!double.IsFinite(tensor[i]))
                {
                    throw new CheckpointException(
                        tensors.Source, $"the reference holds {tensor[i]} at flat index {i} of {tensor.Shape}; record the case again from finite values", name);
                }
            }
        }

        return tensors;
    }
}
