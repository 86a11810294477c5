namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/move.cu for those parts that are not computed where they belong.</summary>
internal sealed class Concat : CudaOp<ConcatOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ConcatOp op)
    {
        View to = context.Views.Joined(node);
        int start = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            int length = context.ShapeOf(node, i)[op.Axis];
            if (context.Fusions.PartOf(context.Graph.Nodes[node.Inputs[i]]) is not { } placed || placed.Concat != node || placed.Operand != i)
            {
                View from = context.Views.FullOf(node, i), part = to.Part(op.Axis, start, length);
                bool endsPixels = op.Axis == AffineOp.ChannelAxis(node.Type.Shape) && i == node.Inputs.Count - 1;
                Moves.Copy(context, node, from, part, endsPixels ? length + to.Stored - to.Channels : part.Stored);
            }

            start += length;
        }
    }
}
