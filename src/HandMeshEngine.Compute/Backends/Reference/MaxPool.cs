namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class MaxPool : ReferenceOp<MaxPoolOp>
{
    protected override void Evaluate(MaxPoolOp op, Tensor[] inputs, Tensor output) =>
        Pooling.Evaluate(inputs[0], output, op.Window, op.Stride, op.Padding, float.NegativeInfinity, MathF.Max, (value, _) => value);
}
