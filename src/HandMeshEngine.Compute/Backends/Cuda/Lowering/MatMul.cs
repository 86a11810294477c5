using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/matmul.cu.</content>
internal sealed partial class CudaLowering
{
    private void MatMul(Node node)
    {
        View a = ViewOf(node, 0), b = ViewOf(node, 1), to = Allocate(node);
        int rows = to.Shape[1], columns = to.Shape[2];
        LaunchStep step = Launch(node, "matmul", "matmul", to)
            .Define("IMAGES", to.Shape[0]).Define("ROWS", rows).Define("DEPTH", a.Shape[-1]).Define("COLUMNS", columns)
            .Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch).Define("A_TYPE", a.TypeName).Define("B_TYPE", b.TypeName);
        Strides(step, "A", a);
        Strides(step, "B", b);
        step.Take(a.Pointer, b.Pointer, to.Target);
        step.Shape = new LaunchShape(Ceiling(rows, ScalarTile), Ceiling(to.Stored, ScalarTile), to.Shape[0], 64, 1, 1, ScalarSharedBytes);
        step.Detail = $"{a.Shape} x {b.Shape}";
        Emit(step, BytesOf(a, b, to));
    }

    private static void Strides(LaunchStep step, string name, View matrix) => step
        .Define($"{name}0", matrix.Shape.Rank == 3 && matrix.Shape[0] > 1 ? matrix.Strides[0] : 0)
        .Define($"{name}1", matrix.Strides[^2]).Define($"{name}2", matrix.Strides[^1]);
}
