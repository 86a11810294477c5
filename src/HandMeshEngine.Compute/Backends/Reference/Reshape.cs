namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Reshape : ReferenceOp<ReshapeOp>
{
    protected override void Evaluate(ReshapeOp op, Tensor[] inputs, Tensor output) => inputs[0].Bytes.CopyTo(output.Bytes);
}
