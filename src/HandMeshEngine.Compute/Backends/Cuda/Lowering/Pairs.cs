using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>
/// Maps in float32 that only convolutions read whose weights fp16 holds exactly. They are stored as two halves, value = high + low
/// (22 bits), one behind the other in each row: tensor cores multiply both by the same weights, and nothing that counts is rounded.
/// </summary>
internal static class Pairs
{
    /// <summary>The nodes stored so.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="named">Outputs and taps, which others read too.</param>
    public static HashSet<int> Find(OpGraph graph, IReadOnlySet<int> named)
    {
        var pairs = new HashSet<int>();
        foreach (Node node in graph.Nodes)
        {
            if (node.FullPrecision && !named.Contains(node.Id) && StoresGroups(graph, node))
            {
                pairs.Add(node.Id);
            }
        }

        var read = new HashSet<int>();
        var exact = new Dictionary<int, bool>();
        foreach (Node user in graph.Nodes)
        {
            for (int i = 0; i < user.Inputs.Count; i++)
            {
                read.Add(user.Inputs[i]);
                if (pairs.Contains(user.Inputs[i]) && !(i == 0 && user is { FullPrecision: true, Op: Conv2dOp { Groups: 1 } } && IsExact(user.Inputs[1])))
                {
                    pairs.Remove(user.Inputs[i]);
                }
            }
        }

        pairs.IntersectWith(read);
        return pairs;

        bool IsExact(int id)
        {
            if (!exact.TryGetValue(id, out bool known))
            {
                exact.Add(id, known = graph.Nodes[id].Op is ConstantOp { Tensor.Type: DType.Float32 } constant && FitsHalf(constant.Tensor.Span<float>()));
            }

            return known;
        }
    }

    // Kernels that store eight channels at a time.
    private static bool StoresGroups(OpGraph graph, Node node) => node.Op switch
    {
        Conv2dOp { Groups: > 1 } conv => graph.Nodes[node.Inputs[1]].Type.Shape is var weights && weights[0] == conv.Groups && weights[1] == 1,
        ResizeOp or MaxPoolOp or AveragePoolOp => true,
        _ => false,
    };

    private static bool FitsHalf(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if ((float)(Half)value != value)
            {
                return false;
            }
        }

        return true;
    }
}
