using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>Where in a concatenation a value lies.</summary>
/// <param name="Concat">The concatenation.</param>
/// <param name="Operand">Which of its operands the value is.</param>
/// <param name="Start">Where that starts along the axis.</param>
internal sealed record ConcatPart(Node Concat, int Operand, int Start)
{
    /// <summary>The axis along which parts lie.</summary>
    public int Axis => ((ConcatOp)Concat.Op).Axis;

    /// <summary>Whether it is the last operand.</summary>
    public bool IsLast => Operand == Concat.Inputs.Count - 1;
}

/// <summary>Values that are computed right where a concatenation wants them.</summary>
internal static class ConcatInPlace
{
    /// <summary>
    /// The parts by node. A node goes into one concatenation, the outermost first, so that several inside each other (dense blocks) lie in
    /// one buffer.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="fits">Whether the backend can write a node's result at that part: memory, alignment and type.</param>
    public static Dictionary<int, ConcatPart> Find(OpGraph graph, Func<Node, ConcatPart, bool> fits)
    {
        var parts = new Dictionary<int, ConcatPart>();
        for (int id = graph.Nodes.Count - 1; id >= 0; id--)
        {
            Node concat = graph.Nodes[id];
            if (concat.Op is not ConcatOp op)
            {
                continue;
            }

            int start = 0;
            for (int i = 0; i < concat.Inputs.Count; i++)
            {
                Node node = graph.Nodes[concat.Inputs[i]];
                var part = new ConcatPart(concat, i, start);
                if (fits(node, part))
                {
                    parts.TryAdd(node.Id, part);
                }

                start += node.Type.Shape[op.Axis];
            }
        }

        return parts;
    }
}
