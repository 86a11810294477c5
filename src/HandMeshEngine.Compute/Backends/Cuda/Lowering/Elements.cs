using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/elements.cu.</content>
internal sealed partial class CudaLowering
{
    private const int AffineOperation = 4;
    private const int CopyOperation = 5;

    private void Binary(Node node, BinaryOp op) => Elements(
        node, op.Arithmetic.ToString().ToLowerInvariant(), (int)op.Arithmetic, op.Activation, ViewOf(node, 1), default, default,
        PerChannel(node, node.Inputs.Count > 2 ? 2 : -1, "slope"));

    private void Activate(Node node, ActivationOp op) => Elements(
        node, "activation", CopyOperation, op.Activation, null, default, default, PerChannel(node, node.Inputs.Count > 1 ? 1 : -1, "slope"));

    private void Affine(Node node, AffineOp op) => Elements(
        node, "affine", AffineOperation, op.Activation, null, PerChannel(node, 1, "scale"), PerChannel(node, 2, "shift"),
        PerChannel(node, node.Inputs.Count > 3 ? 3 : -1, "slope"));

    private void Elements(
        Node node, string name, int operation, Activation activation, View? second, Pointer scale, Pointer shift, Pointer slope)
    {
        View a = ViewOf(node, 0), b = second ?? a;
        View to = Allocate(node);
        int[] aStrides = Broadcast(a, to), bStrides = Broadcast(b, to), extents = to.OrderedExtents, strides = to.OrderedStrides;
        bool isWide = to.IsAligned && IsWide(a, aStrides, to) && IsWide(b, bStrides, to);
        LaunchStep step = Launch(node, "elements", $"{name}{(isWide ? "_wide" : string.Empty)}", to)
            .Define("A_TYPE", a.TypeName).Define("B_TYPE", b.TypeName).Define("OPERATION", operation).Define("WIDE", isWide)
            .Define("CHANNELS", to.Channels).Define("STORED", to.Stored);
        long rows = 1;
        for (int i = 0; i < 4; i++)
        {
            step.Define($"A{i}", aStrides[i]).Define($"B{i}", bStrides[i]);
            if (i < 3)
            {
                step.Define($"E{i}", extents[i]).Define($"Y{i}", strides[i]);
                rows *= extents[i];
            }
        }

        Activation(step, activation).Take(a.Pointer, b.Pointer, to.Target, scale, shift, slope)
            .Spread(rows * to.Stored / (isWide ? Layout.Group : 1));
        step.Detail = $"{to.Shape}{ActivationText(activation)}";
        Emit(step, second is null ? BytesOf(a, to) : BytesOf(a, b, to));
    }

    private static LaunchStep Activation(LaunchStep step, Activation activation, string name = "ACTIVATION") => step
        .Define(name, (int)activation.Kind).Define($"{name}_A", activation.A).Define($"{name}_B", activation.B);

    private static string ActivationText(Activation activation) =>
        activation.Kind == ActivationKind.None ? string.Empty : $" {activation}";

    /// <summary>The strides of an operand along the target's axes in its physical order, 0 where it is broadcast.</summary>
    private static int[] Broadcast(View operand, View to)
    {
        int shift = to.Shape.Rank - operand.Shape.Rank;
        return [.. to.Order.Select(axis => axis < shift || operand.Shape[axis - shift] == 1 ? 0 : operand.Strides[axis - shift])];
    }

    private static bool IsWide(View operand, int[] strides, View to) =>
        strides[3] == 0
        || (strides[3] == 1 && operand.Offset % Layout.Group == 0 && strides[..3].All(stride => stride % Layout.Group == 0)
            && operand.Channels == to.Channels && operand.Stored >= to.Stored);
}
