namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Slice : ReferenceOp<SliceOp>
{
    protected override void Evaluate(SliceOp op, Tensor[] inputs, Tensor output)
    {
        int inner = inputs[0].Shape.CountOf(op.Axis + 1, inputs[0].Shape.Rank) * inputs[0].Type.Size();
        int outer = inputs[0].Shape.CountOf(0, op.Axis);
        int run = op.Length * inner;
        for (int i = 0; i < outer; i++)
        {
            inputs[0].Bytes.Slice(((i * inputs[0].Shape[op.Axis]) + op.Start) * inner, run).CopyTo(output.Bytes[(i * run)..]);
        }
    }
}
