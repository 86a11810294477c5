namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Plans element-wise ops: operands broadcast by strides, one loop nest.</summary>
internal static unsafe class Elements
{
    /// <summary>Appends the step of a node whose op has <paramref name="own"/> inputs before the slopes of its activation.</summary>
    public static View Emit<TSimd, TVector>(
        Lowering<TSimd, TVector> plan, Node node, ElementKind kind, Activation activation, int own, params List<Strided> operands)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        View output = plan.Allocate(node);
        View[] reads = [.. operands.Select(operand => operand.View)];
        if (activation.Kind == ActivationKind.PRelu)
        {
            operands.Add(OfChannels(plan, node, own, "slope"));
        }
        else if (activation.Kind == ActivationKind.LeakyRelu)
        {
            float* slope = plan.Constants.Floats([activation.A]);
            operands.Add(new Strided(View.RowMajor(new CpuBuffer(slope, 1), new Shape(1)), [0, 0, 0, 0]));
        }

        var to = new Strided(output, output.LoopStrides);
        plan.Emit(
            node, ElementStep<TSimd, TVector>.Create(kind, activation, [.. operands], to, output.OrderedExtents, plan.Threads), output, reads);
        return output;
    }

    /// <summary>An operand with the strides that broadcast it to the shape of the result.</summary>
    public static Strided Broadcast<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, int operand)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        View view = plan.Operand(node, operand);
        return new Strided(view, view.Broadcast(node.Type.Shape).LoopStrides);
    }

    /// <summary>A constant operand with one number for each channel.</summary>
    public static Strided OfChannels<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, int operand, string what)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int count = plan.OperandShape(node, operand).Count;
        return new Strided(View.RowMajor(new CpuBuffer(plan.PerChannel(node, operand, what), count), new Shape(count)), [0, 0, 0, 1]);
    }
}
