namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Spiral convolution (SpiralNet++): x [N, V, C], index Int32 [M, L], weight [O, L C] -> [N, M, O],
/// y[v] = W concat_l x[index[v, l]]; weight column l C + c.
/// </summary>
public sealed record SpiralConvOp(Epilogue Epilogue) : Op("spiralconv"), IEpilogueOp
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.TensorCores, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: true, IsBFloat16Product: false);

    /// <inheritdoc/>
    internal override IReadOnlyList<IndexTable> IndexTables => [new(1)];

    /// <inheritdoc/>
    public int OwnInputs => 3;

    /// <inheritdoc/>
    public Op With(Epilogue epilogue) => this with { Epilogue = epilogue };

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 3);
        RequireRank(inputs, 1, 2);
        RequireRank(inputs, 2, 2);
        var x = inputs[0].Shape;
        var index = inputs[1].Shape;
        var w = inputs[2].Shape;
        Require(w[1] == index[1] * x[2], $"weight {w} for spirals {index} on {x}");
        TensorType output = TensorType.Float(x[0], index[0], w[0]);
        Epilogue.Check(this, inputs, OwnInputs, output, w[0]);
        return output;
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)output.Shape.Count * inputs[2].Shape[1];

    /// <inheritdoc/>
    public override string Describe() => Epilogue.ToString().TrimStart();
}

public sealed partial class GraphBuilder
{
    /// <summary>Spiral convolution with index table [M, L] and weight [O, L C].</summary>
    public Value SpiralConv(Value x, Value index, Value weight, Value? bias = null)
    {
        var op = new SpiralConvOp(new Epilogue(bias is not null, false, Activation.None));
        return bias is { } b ? Add(op, x, index, weight, b) : Add(op, x, index, weight);
    }
}
