namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Evaluates one op. The passes use it to fold constants.</summary>
internal static class ReferenceEvaluator
{
    /// <summary>Stands for an operand that is an image, not a tensor.</summary>
    public static readonly Tensor NoTensor = new(DType.UInt8, new Shape(0));

    /// <summary>The result of <paramref name="op"/>; never aliases an input.</summary>
    public static Tensor Evaluate(Op op, Tensor[] inputs, TensorType type, ImageView image = default)
    {
        var output = new Tensor(type.Type, type.Shape);
        OpCatalog.Of(op).Reference.Evaluate(op, inputs, image, output);
        return output;
    }
}
