namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Batch normalisation in evaluation mode: gain (x - mean) / sqrt(variance + Epsilon) + bias per channel (axis 1 of maps,
/// last axis otherwise). Inputs x, gain, bias, mean, variance. The passes turn it into an affine or fold it away.
/// </summary>
public sealed record BatchNormOp(float Epsilon) : Op("batchnorm")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count == 5, $"{inputs.Count} inputs, expected x, gain, bias, mean, variance");
        int channels = inputs[0].Shape[AffineOp.ChannelAxis(inputs[0].Shape)];
        for (int i = 1; i < 5; i++)
        {
            Require(inputs[i].Shape.Count == channels, $"input {i} is {inputs[i].Shape} for {channels} channels");
        }

        return inputs[0];
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>
    /// Batch normalisation with the parameters <c>prefix.{weight, bias, running_mean, running_var}</c>; works on maps and on
    /// [N, V, C].
    /// </summary>
    public Value BatchNorm(Value x, string prefix, float epsilon = 1e-5f) => Add(
        new BatchNormOp(epsilon),
        x,
        Parameter(prefix + ".weight"),
        Parameter(prefix + ".bias"),
        Parameter(prefix + ".running_mean"),
        Parameter(prefix + ".running_var"));
}
