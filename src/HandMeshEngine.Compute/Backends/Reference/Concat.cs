namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Concat : ReferenceOp<ConcatOp>
{
    protected override void Evaluate(ConcatOp op, Tensor[] inputs, Tensor output)
    {
        int outer = output.Shape.CountOf(0, op.Axis);
        int to = 0;
        for (int i = 0; i < outer; i++)
        {
            foreach (Tensor input in inputs)
            {
                int run = input.Shape.CountOf(op.Axis, input.Shape.Rank) * input.Type.Size();
                input.Bytes.Slice(i * run, run).CopyTo(output.Bytes[to..]);
                to += run;
            }
        }
    }
}
