namespace HandMeshEngine.Compute.Graph;

/// <summary>Appends zero channels: [N, C, H, W] -> [N, Channels, H, W].</summary>
public sealed record PadChannelsOp(int Channels) : Op("padchannels")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: true, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 4);
        Require(Channels >= inputs[0].Shape[1], $"{inputs[0].Shape} has more than {Channels} channels");
        return inputs[0] with { Shape = inputs[0].Shape.With(1, Channels) };
    }

    /// <inheritdoc/>
    public override string Describe() => $"to {Channels}";
}

public sealed partial class GraphBuilder
{
    /// <summary>Appends zero channels.</summary>
    public Value PadChannels(Value x, int channels) => Add(new PadChannelsOp(channels), x);
}
