using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Reduce : CpuOp<ReduceOp>
{
    public override bool WritesAnywhere => false;

    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ReduceOp op)
    {
        Shape from = plan.OperandShape(node, 0);
        Place place = plan.PlaceOf(node.Inputs[0]);
        bool swapsResult = from.Rank == 4 && op.AxisCount == 1 && op.FirstAxis >= 2;
        long[] strides = place.Strides(from.Rank);
        int[] keptAxes = [.. Enumerable.Range(0, from.Rank).Where(axis => axis < op.FirstAxis || axis >= op.FirstAxis + op.AxisCount)];
        int[] goneAxes = [.. Enumerable.Range(op.FirstAxis, op.AxisCount)];
        Shape result = node.Type.Shape;
        Area output = Area.Dense(swapsResult ? new Shape(result[0], result[2], result[1]) : result);
        long[] to = swapsResult ? [output.ImageStride, 1, output.PixelStride] : output.LogicalStrides(result.Rank);
        var step = new ReduceStep<TSimd, TVector>(
            op.Reduction,
            new ReduceAxes([.. keptAxes.Select(axis => from[axis])], [.. keptAxes.Select(axis => strides[axis])], to),
            new ReduceAxes([.. goneAxes.Select(axis => from[axis])], [.. goneAxes.Select(axis => strides[axis])], []),
            place.Area,
            output,
            plan.Threads);
        plan.Emit(node, step, output, place.Area);
        return new Place(output, swapsResult);
    }
}
