namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Scales the means of a scaled map instead of the map: a quarter of the work.</summary>
internal sealed class AveragePool : CpuOp<AveragePoolOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, AveragePoolOp op)
    {
        Node scaled = plan.Producer(node, 0);
        int? map = plan.IsComputed(scaled) ? null : MapOfScale(plan, scaled);
        View input = map is { } operand ? plan.Operand(scaled, operand) : plan.Operand(node, 0);
        View? factors = map is { } other ? plan.Operand(scaled, 1 - other) : null;
        View output = plan.Allocate(node);
        var step = new PoolStep<TSimd, TVector>(false, op.Window, op.Stride, default, input, factors, output, plan.Threads);
        plan.Emit(node, step, output, factors is null ? [input] : [input, factors]);
        return output;
    }

    /// <summary>
    /// Which operand of a product is a map, if the other holds a factor for each of its channels and only an average pool reads the
    /// product; else null.
    /// </summary>
    public static int? MapOfScale<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (node.Op is not BinaryOp { Arithmetic: BinaryKind.Multiply, Activation.Kind: ActivationKind.None }
            || plan.SoleReader(node) is not { Op: AveragePoolOp })
        {
            return null;
        }

        Shape map = node.Type.Shape;
        bool IsScaledBy(int operand) => plan.OperandShape(node, operand) is { Rank: 4 } factors && plan.OperandShape(node, 1 - operand).Equals(map)
            && factors[0] == map[0] && factors[1] == map[1] && factors[2] == 1 && factors[3] == 1;
        return IsScaledBy(1) ? 0 : IsScaledBy(0) ? 1 : null;
    }
}
