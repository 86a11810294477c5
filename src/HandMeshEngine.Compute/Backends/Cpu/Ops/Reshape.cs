using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Another view of the same memory where the layout allows it, else a copy.</summary>
internal sealed class Reshape : CpuOp<ReshapeOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ReshapeOp op)
    {
        Shape from = plan.OperandShape(node, 0), to = node.Type.Shape;
        Place place = plan.PlaceOf(node.Inputs[0]);
        Area area = place.Area;
        if (from.Rank == 4 && to.Rank == 3 && to[0] == from[0] && to[1] == from[1] && area.RowsAreDense)
        {
            // [N, C, H, W] to [N, C, H W]: the pixels as rows, their axes swapped.
            return new Place(area with { Height = 1, Width = to[2], ImageStride = to[2] * area.PixelStride, Border = default }, Swapped: true);
        }

        if (place.Swapped && from.Rank == 3 && to.Rank == 4 && to[0] == from[0] && to[1] == from[1])
        {
            return new Place(area with { Height = to[2], Width = to[3], RowStride = to[3] * area.PixelStride });
        }

        return ThroughRowMajor(plan, node, from, to);
    }

    private static Place ThroughRowMajor<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, Shape from, Shape to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Area area = plan.Operand(node, 0);
        bool isRowMajor = area.IsDense && area.IsRowMajor(from);
        Area flat = isRowMajor ? area : Area.Dense(new Shape(from.Count));
        if (!isRowMajor)
        {
            plan.Copy(node, area, area.LogicalStrides(from.Rank), flat, from, Area.RowMajorStrides(from));
        }

        Area target = Area.DenseIn(flat.Block, to) with { Offset = flat.Offset };
        if (!target.IsRowMajor(to))
        {
            Area map = plan.Allocate(node);
            plan.Copy(node, flat, Area.RowMajorStrides(to), map, to, map.LogicalStrides(4));
            target = map;
        }

        return target;
    }
}
