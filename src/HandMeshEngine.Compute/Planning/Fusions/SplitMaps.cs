namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>
/// Maps of a plan in fp16 that keep float32 although tensor cores read them. They are stored as two halves, value = high + low (22
/// bits). Convolutions in full precision multiply both; other readers on tensor cores take the high halves, so that the residual
/// stream is not rounded again by each of its sums.
/// </summary>
internal static class SplitMaps
{
    /// <summary>The nodes stored so.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="uses">Who reads what; others read outputs and taps too.</param>
    /// <param name="outputReachable">Nodes whose results are float32 since the caller gets them.</param>
    public static HashSet<int> Find(OpGraph graph, Uses uses, IReadOnlySet<int> outputReachable)
    {
        var split = new HashSet<int>();
        for (int id = graph.Nodes.Count - 1; id >= 0; id--)
        {
            Node node = graph.Nodes[id];
            if (uses.Of(id) is { Count: > 0 } readers && Stores(graph, node) && IsSplit(node, readers))
            {
                split.Add(id);
            }
        }

        return split;

        bool IsSplit(Node node, IReadOnlyList<Use> readers) => node.Rounding switch
        {
            Rounding.Nowhere => !uses.IsNamed(node.Id) && readers.All(MultipliesBoth),
            Rounding.Operands => !outputReachable.Contains(node.Id)
                && (readers.Any(MultipliesBoth) || (readers.Any(ReadsBoth) && !readers.All(ReadsBoth))),
            _ => false,
        };
        bool ReadsBoth(Use use) => MultipliesBoth(use) || IsResidual(use.Reader, use.Operand)
            || (use.Reader.FullPrecision && use.Reader.Op.Traits is { SplitHalves: SplitHalves.StoresAndReads, Reads: OperandPrecision.Either });
        bool MultipliesBoth(Use use) => use.Reader.Op.Traits switch
        {
            { SplitHalves: SplitHalves.StoresAndReads, Reads: OperandPrecision.TensorCores } =>
                use.Operand == 0 && (use.Reader.FullPrecision || outputReachable.Contains(use.Reader.Id)),
            { SplitHalves: SplitHalves.Joins } => split.Contains(use.Reader.Id),
            _ => false,
        };
    }

    /// <summary>What fp16 takes from a value.</summary>
    public static float Low(float value) => value - (float)(Half)value;

    /// <summary>Whether fp16 holds every value.</summary>
    public static bool IsExact(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (Low(value) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsResidual(Node reader, int operand) =>
        reader.Op is IEpilogueOp { Epilogue.Residual: true } op && op.Epilogue.ResidualIndex(op.OwnInputs) == operand;

    // Kernels that store two or eight neighbouring channels at a time, and maps joined of what such kernels store.
    private static bool Stores(OpGraph graph, Node node) => node.Op.Traits.SplitHalves switch
    {
        SplitHalves.Stores => node.Op is not Conv2dOp conv
            || (graph.Nodes[node.Inputs[1]].Type.Shape is var weights && weights[0] == conv.Groups && weights[1] == 1),
        SplitHalves.StoresAndReads => true,
        SplitHalves.Joins => node.Type.Shape.Rank == 4 && node.Inputs.All(id => Stores(graph, graph.Nodes[id])),
        _ => false,
    };
}
