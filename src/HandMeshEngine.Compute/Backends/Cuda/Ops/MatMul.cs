using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/matmul.cu.</summary>
internal sealed class MatMul : CudaOp<MatMulOp>
{
    private const int Warps = 4;

    // A warp for each output: as many as a card holds at once, of sums that are worth a warp.
    private const int MostOutputsByLanes = 1024;
    private const int LeastDepthByLanes = 128;
    private const int UnrolledLoads = 32;

    protected override void Lower(CudaLoweringContext context, Node node, MatMulOp op)
    {
        View a = context.Views.Of(node, 0), b = context.Views.Of(node, 1), to = context.Views.Allocate(node);
        int rows = to.Shape[1], columns = to.Shape[2];
        LaunchStep step = new LaunchStep(node, "matmul", "matmul", to)
            .Define("IMAGES", to.Shape[0]).Define("ROWS", rows).Define("DEPTH", a.Shape[-1]).Define("COLUMNS", columns)
            .Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch).Define("A_TYPE", a.TypeName).Define("B_TYPE", b.TypeName);
        DefineStrides(step, "A", a);
        DefineStrides(step, "B", b);
        step.Take(a.Pointer, b.Pointer, to.Target);
        int outputs = to.Shape[0] * rows * to.Stored, depth = a.Shape[-1];
        bool byLanes = outputs <= MostOutputsByLanes && depth >= LeastDepthByLanes;
        step.Define("BY_LANES", byLanes);
        step.DependentSteps = Layout.Ceiling(depth, byLanes ? 32 * UnrolledLoads : Warps * ScalarTiles.StepChunks * Layout.Group);
        step.Shape = byLanes
            ? new LaunchShape(Layout.Ceiling(outputs, Warps), 1, 1, 32 * Warps)
            : new LaunchShape(
                Layout.Ceiling(rows, ScalarTiles.Side), Layout.Ceiling(to.Stored, ScalarTiles.Side), to.Shape[0], 32 * Warps, 1, 1, Warps * ScalarTiles.WarpBytes);
        step.Detail = $"{a.Shape} x {b.Shape}";
        context.Emit(step, Layout.BytesOf(a, b, to));
    }

    private static void DefineStrides(LaunchStep step, string name, View matrix) => step
        .Define($"{name}0", matrix.Shape.Rank == 3 && matrix.Shape[0] > 1 ? matrix.Strides[0] : 0)
        .Define($"{name}1", matrix.Strides[^2]).Define($"{name}2", matrix.Strides[^1]);
}
