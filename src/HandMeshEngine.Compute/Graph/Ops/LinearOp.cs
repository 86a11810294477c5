namespace HandMeshEngine.Compute.Graph;

/// <summary>y = x W^T over the last axis: x [..., K], weight [O, K] -> [..., O].</summary>
public sealed record LinearOp(Epilogue Epilogue) : Op("linear"), IEpilogueOp
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.TensorCores, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: true, IsBFloat16Product: true);

    /// <inheritdoc/>
    public int OwnInputs => 2;

    /// <inheritdoc/>
    public Op With(Epilogue epilogue) => this with { Epilogue = epilogue };

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 1, 2, 3);
        RequireRank(inputs, 1, 2);
        var x = inputs[0].Shape;
        var w = inputs[1].Shape;
        Require(x[-1] == w[1], $"weight {w} on input {x}");
        var output = inputs[0] with { Shape = x.With(-1, w[0]) };
        Epilogue.Check(this, inputs, OwnInputs, output, w[0]);
        return output;
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)output.Shape.Count * inputs[1].Shape[1];

    /// <inheritdoc/>
    public override string Describe() => Epilogue.ToString().TrimStart();
}

public sealed partial class GraphBuilder
{
    /// <summary>y = x W^T + b over the last axis with the weight [O, K] of this key.</summary>
    public Value Linear(Value x, string weight, string? bias = null) =>
        Linear(x, Parameter(weight), bias is null ? null : Parameter(bias));

    /// <summary>y = x W^T + b over the last axis with operands that are values already.</summary>
    public Value Linear(Value x, Value weight, Value? bias = null)
    {
        var op = new LinearOp(new Epilogue(bias is not null, false, Activation.None));
        return bias is { } b ? Add(op, x, weight, b) : Add(op, x, weight);
    }
}
