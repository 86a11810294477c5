using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Operands that are known when the plan is made, and the device memory that kernels read them from; each is packed once.</summary>
internal sealed class ConstantPool(OpGraph graph, Operands operands, CudaPlan plan)
{
    private readonly Dictionary<(Tensor Tensor, string Packing), PlanBuffer> _packed = [];

    /// <summary>The tensor of an operand.</summary>
    /// <exception cref="GraphException">It is not constant.</exception>
    public Tensor Tensor(Node node, int operand, string what) => operands.Constant(node, operand, what);

    /// <summary>Device memory with a tensor packed in some way, whoever asks for it.</summary>
    public PlanBuffer Packed(Tensor tensor, string packing, Func<byte[]> pack)
    {
        if (!_packed.TryGetValue((tensor, packing), out PlanBuffer? buffer))
        {
            _packed.Add((tensor, packing), buffer = plan.AddConstant(pack()));
        }

        return buffer;
    }

    /// <summary>The floats of an operand, zeros up to a whole group of channels; null for operand -1, which the op does not have.</summary>
    public Pointer Floats(Node node, int operand, string what)
    {
        if (operand < 0)
        {
            return default;
        }

        Tensor tensor = Tensor(node, operand, what);
        return new Pointer(
            Packed(tensor, "channels", () =>
            {
                var values = new float[Layout.Padded(tensor.Shape.Count)];
                tensor.Span<float>().CopyTo(values);
                return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
            }),
            0);
    }

    /// <summary>The float64 numbers of an operand, which may be an input.</summary>
    public Pointer Doubles(Node node, int operand)
    {
        int id = node.Inputs[operand];
        return graph.Nodes[id].Op switch
        {
            InputOp { Declared.Type: DType.Float64 } => new Pointer(plan.Inputs[id], 0),
            ConstantOp { Tensor.Type: DType.Float64 } constant =>
                new Pointer(Packed(constant.Tensor, "doubles", () => constant.Tensor.Bytes.ToArray()), 0),
            _ => throw new GraphException($"the cuda backend needs a matrix of Float64 as input or constant for {node.Op.Kind} (node {node.Id})"),
        };
    }

    /// <summary>The indices of an operand; those of constants were checked when the graph was built, those of inputs are in every run.</summary>
    /// <param name="node">The node that follows them.</param>
    /// <param name="operand">Which operand.</param>
    /// <param name="limit">The first index that is too large.</param>
    /// <param name="what">What they are, for messages.</param>
    public Pointer Indices(Node node, int operand, int limit, string what)
    {
        int id = node.Inputs[operand];
        if (graph.Nodes[id].Op is not ConstantOp constant)
        {
            plan.IndexChecks.Add(new IndexCheck(id, limit, $"{node.Op.Kind}: {what}"));
            return new Pointer(plan.Inputs[id], 0);
        }

        // A table may be empty (a graph without edges), a buffer may not.
        return new Pointer(
            Packed(constant.Tensor, "table", () => constant.Tensor.Bytes.Length == 0 ? new byte[4] : constant.Tensor.Bytes.ToArray()), 0);
    }
}
