namespace HandMeshEngine.Compute.Graph;

/// <summary>The arithmetic of a <see cref="BinaryOp"/>.</summary>
public enum BinaryKind
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,
}

/// <summary>
/// Element-wise arithmetic on two values, then an activation. Shapes are equal, or broadcast by NumPy's rules
/// (aligned at the last axis, extents equal or 1). With <see cref="ActivationKind.PRelu"/> a third input holds one slope per
/// channel (axis 1 of maps, last axis otherwise).
/// </summary>
public sealed record BinaryOp(BinaryKind Arithmetic, Activation Activation) : Op(Arithmetic.ToString().ToLowerInvariant())
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Either, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        int expected = Activation.Kind == ActivationKind.PRelu ? 3 : 2;
        Require(inputs.Count == expected, $"{inputs.Count} inputs, expected {expected}");
        return new TensorType(inputs[0].Type, Broadcast(inputs[0].Shape, inputs[1].Shape));
    }

    /// <inheritdoc/>
    public override string Describe() => Activation.Kind == ActivationKind.None ? string.Empty : Activation.ToString();

    private Shape Broadcast(Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] extents = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int left = axis <= a.Rank ? a[-axis] : 1;
            int right = axis <= b.Rank ? b[-axis] : 1;
            Require(left == right || left == 1 || right == 1, $"{a} and {b} do not broadcast");
            extents[^axis] = Math.Max(left, right);
        }

        return new Shape(extents);
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>a + b, broadcast.</summary>
    public Value Sum(Value a, Value b) => Add(new BinaryOp(BinaryKind.Add, Activation.None), a, b);

    /// <summary>a - b, broadcast.</summary>
    public Value Subtract(Value a, Value b) => Add(new BinaryOp(BinaryKind.Subtract, Activation.None), a, b);

    /// <summary>a b, broadcast.</summary>
    public Value Multiply(Value a, Value b) => Add(new BinaryOp(BinaryKind.Multiply, Activation.None), a, b);

    /// <summary>a / b, broadcast.</summary>
    public Value Divide(Value a, Value b) => Add(new BinaryOp(BinaryKind.Divide, Activation.None), a, b);
}
