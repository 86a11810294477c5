namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class AveragePool : ReferenceOp<AveragePoolOp>
{
    protected override void Evaluate(AveragePoolOp op, Tensor[] inputs, Tensor output) =>
        Pooling.Evaluate(inputs[0], output, op.Window, op.Stride, default, 0, (a, b) => a + b, (value, count) => value / count);
}
