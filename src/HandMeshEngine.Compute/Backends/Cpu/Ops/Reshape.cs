namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Another view of the same memory where the layout allows it, else a copy.</summary>
internal sealed class Reshape : CpuOp<ReshapeOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ReshapeOp op)
    {
        View view = plan.ViewOf(node.Inputs[0]);
        Shape from = view.Shape, to = node.Type.Shape;
        bool keepsChannels = from.Rank + to.Rank == 7 && to[0] == from[0] && to[1] == from[1];

        // [N, C, H, W] and [N, C, H W] are the same pixels.
        return keepsChannels && (from.Rank == 4 || !view.IsChannelsLast) && view.Reshaped(to) is { } same
            ? same
            : ThroughRowMajor(plan, node, to);
    }

    private static View ThroughRowMajor<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, Shape to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        View from = plan.Operand(node, 0), flat = from;
        if (!from.IsPacked || !from.IsRowMajor)
        {
            flat = Layout.Fresh(new Shape(from.Count));
            plan.Copy(
                node, new Strided(from, from.LoopStrides), new Strided(flat, View.RowMajor(flat.Buffer, from.Shape).LoopStrides), from.OrderedExtents);
        }

        View packed = View.OfPixels(flat.Buffer, to, View.ChannelsOf(to)) with { Offset = flat.Offset };
        if (packed.IsRowMajor)
        {
            return packed;
        }

        View map = plan.Allocate(node);
        plan.Copy(
            node, new Strided(flat, View.RowMajor(flat.Buffer, to).LoopStrides), new Strided(map, map.LoopStrides), map.OrderedExtents);
        return map;
    }
}
