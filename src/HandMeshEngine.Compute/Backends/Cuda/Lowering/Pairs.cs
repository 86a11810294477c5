using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>
/// Maps of a plan in fp16 that keep float32 although tensor cores read them. They are stored as two halves, value = high + low (22
/// bits), one behind the other in each row. Convolutions in full precision multiply both; other readers on tensor cores take the high
/// halves, so a trunk is not rounded again by each of its sums.
/// </summary>
internal static class Pairs
{
    /// <summary>The nodes stored so.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="uses">Who reads what; others read outputs and taps too.</param>
    /// <param name="shown">Nodes whose results are float32 since the caller gets them.</param>
    public static HashSet<int> Find(OpGraph graph, Uses uses, IReadOnlySet<int> shown)
    {
        var pairs = new HashSet<int>();
        for (int id = graph.Nodes.Count - 1; id >= 0; id--)
        {
            Node node = graph.Nodes[id];
            if (uses.Of(id) is { Count: > 0 } readers && StoresGroups(graph, node) && IsPair(node, readers))
            {
                pairs.Add(id);
            }
        }

        return pairs;

        bool IsPair(Node node, IReadOnlyList<Use> readers) => node.Rounding switch
        {
            Rounding.Nowhere => !uses.IsNamed(node.Id) && readers.All(MultipliesAll),
            Rounding.Operands => !shown.Contains(node.Id) && (readers.Any(MultipliesAll) || (readers.Any(ReadsAll) && !readers.All(ReadsAll))),
            _ => false,
        };
        bool ReadsAll(Use use) => MultipliesAll(use) || IsResidual(use.Reader, use.Operand)
            || (use.Reader.FullPrecision && use.Reader.Op.Traits is { SplitHalves: SplitHalves.StoresAndReads, Reads: OperandPrecision.Either });
        bool MultipliesAll(Use use) => use.Reader.Op.Traits switch
        {
            { SplitHalves: SplitHalves.StoresAndReads, Reads: OperandPrecision.TensorCores } => use.Operand == 0 && (use.Reader.FullPrecision || shown.Contains(use.Reader.Id)),
            { SplitHalves: SplitHalves.Joins } => pairs.Contains(use.Reader.Id),
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

    private static bool IsResidual(Node user, int operand) =>
        user.Op is IEpilogueOp { Epilogue.Residual: true } op && op.Epilogue.ResidualIndex(op.OwnInputs) == operand;

    // Kernels that store two or eight neighbouring channels at a time, and maps joined of what such kernels store.
    private static bool StoresGroups(OpGraph graph, Node node) => node.Op.Traits.SplitHalves switch
    {
        SplitHalves.Stores => node.Op is not Conv2dOp conv
            || (graph.Nodes[node.Inputs[1]].Type.Shape is var weights && weights[0] == conv.Groups && weights[1] == 1),
        SplitHalves.StoresAndReads => true,
        SplitHalves.Joins => node.Type.Shape.Rank == 4 && node.Inputs.All(id => StoresGroups(graph, graph.Nodes[id])),
        _ => false,
    };
}
