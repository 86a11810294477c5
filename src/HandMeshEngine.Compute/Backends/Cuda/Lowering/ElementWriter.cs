namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Element-wise ops: kernels/elements.cu.</summary>
internal static class ElementWriter
{
    /// <summary>OPERATION of the kernel for scale x + shift.</summary>
    public const int Affine = 4;

    /// <summary>OPERATION of the kernel for x.</summary>
    public const int Copy = 5;

    /// <summary>Appends a launch that computes activation(operation(a, b)).</summary>
    /// <param name="context">Gets the launch.</param>
    /// <param name="node">The node; its operand 0 is a.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="operation">A <see cref="BinaryKind"/>, <see cref="Affine"/> or <see cref="Copy"/>.</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="second">b, broadcast to the result; null where the operation has none.</param>
    /// <param name="scale">One float a channel, for <see cref="Affine"/>.</param>
    /// <param name="shift">One float a channel, for <see cref="Affine"/>.</param>
    /// <param name="slope">One float a channel, for an activation that has slopes.</param>
    public static void Emit(
        CudaLoweringContext context, Node node, string name, int operation, Activation activation, View? second, Pointer scale, Pointer shift,
        Pointer slope)
    {
        View a = context.Views.Of(node, 0), b = second ?? a;
        View to = context.Views.Allocate(node);
        int[] aStrides = Broadcast(a, to), bStrides = Broadcast(b, to), extents = to.OrderedExtents, strides = to.OrderedStrides;
        bool isWide = to.IsAligned && IsWide(a, aStrides, to) && IsWide(b, bStrides, to);
        LaunchStep step = new LaunchStep(node, "elements", $"{name}{(isWide ? "_wide" : string.Empty)}", to)
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

        step.Define(activation).Take(a.Pointer, b.Pointer, to.Target, scale, shift, slope)
            .Spread(rows * to.Stored / (isWide ? Layout.Group : 1));
        step.Detail = $"{to.Shape}{EpilogueWriter.Describe(activation)}";
        context.Emit(step, second is null ? Layout.BytesOf(a, to) : Layout.BytesOf(a, b, to));
    }

    /// <summary>The strides of an operand along the target's axes in its physical order, 0 where it is broadcast.</summary>
    private static int[] Broadcast(View operand, View to)
    {
        int shift = to.Shape.Rank - operand.Shape.Rank;
        return [.. to.Order.Select(axis => axis < shift || operand.Shape[axis - shift] == 1 ? 0 : operand.Strides[axis - shift])];
    }

    /// <summary>Whether an operand can be read in groups of 8 channels, or is one number for all channels.</summary>
    private static bool IsWide(View operand, int[] strides, View to) =>
        strides[3] == 0
        || (strides[3] == 1 && operand.Offset % Layout.Group == 0 && strides[..3].All(stride => stride % Layout.Group == 0)
            && operand.Channels == to.Channels && operand.Stored >= to.Stored);
}
