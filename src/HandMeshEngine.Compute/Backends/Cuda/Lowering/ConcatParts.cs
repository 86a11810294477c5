using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Values that are computed right where a concatenation wants them.</summary>
internal static class ConcatParts
{
    /// <summary>
    /// For each such node: the concatenation, which of its operands it is, and where that starts along the axis. A node goes into one
    /// concatenation, the outermost first, so that chains of them (dense blocks) lie in one buffer.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="uses">Who reads what; outputs and taps have memory of their own.</param>
    /// <param name="summed">Nodes that have none, since their launches store a sum.</param>
    /// <param name="isHalf">Whether a node's result is fp16.</param>
    /// <param name="pairs">Nodes whose results are pairs of halves.</param>
    public static Dictionary<int, (Node Concat, int Operand, int Start)> Find(
        OpGraph graph, Uses uses, HashSet<int> summed, Func<Node, bool> isHalf, HashSet<int> pairs)
    {
        var parts = new Dictionary<int, (Node, int, int)>();
        for (int id = graph.Nodes.Count - 1; id >= 0; id--)
        {
            Node node = graph.Nodes[id];
            if (node.Op is not ConcatOp concat)
            {
                continue;
            }

            Shape shape = node.Type.Shape;
            bool alongChannels = concat.Axis == AffineOp.ChannelAxis(shape);
            if (!alongChannels && !(shape.Rank == 3 && shape[0] == 1))
            {
                continue; // its parts would not be rows at one pitch
            }

            int start = 0, last = node.Inputs.Count - 1;
            for (int i = 0; i <= last; i++)
            {
                Node part = graph.Nodes[node.Inputs[i]];
                int length = part.Type.Shape[concat.Axis];
                bool isAligned = !alongChannels || (start % Layout.Group == 0 && (length % Layout.Group == 0 || i == last));
                bool isOfType = pairs.Contains(part.Id) == pairs.Contains(node.Id)
                    && (pairs.Contains(node.Id) || isHalf(part) == isHalf(node) || (uses.Of(part.Id).Count == 1 && CanChangeType(part.Op)));
                if (isAligned && isOfType && !summed.Contains(part.Id) && !uses.IsNamed(part.Id) && part.Op.Traits.Memory == ResultMemory.AnyPitch)
                {
                    parts.TryAdd(part.Id, (node, i, start));
                }

                start += length;
            }
        }

        return parts;
    }

    // A concatenation's own parts would have to change with it.
    private static bool CanChangeType(Op op) => op is not ConcatOp;
}
