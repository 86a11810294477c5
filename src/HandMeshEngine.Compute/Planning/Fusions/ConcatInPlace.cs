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
    /// <summary>The parts by node. A node goes into one concatenation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="fits">Whether the backend can write a node's result at that part: memory, alignment and type.</param>
    /// <param name="lastFirst">
    /// Which concatenation a node goes into that is an operand of several: the last, so that those inside each other (dense blocks) lie in one
    /// buffer, or the first, so that the buffer is alive for a shorter time.
    /// </param>
    public static Dictionary<int, ConcatPart> Find(OpGraph graph, Func<Node, ConcatPart, bool> fits, bool lastFirst = true)
    {
        var parts = new Dictionary<int, ConcatPart>();
        IEnumerable<Node> concats = graph.Nodes.Where(node => node.Op is ConcatOp);
        foreach (Node concat in lastFirst ? concats.Reverse() : concats)
        {
            int start = 0;
            for (int i = 0; i < concat.Inputs.Count; i++)
            {
                Node node = graph.Nodes[concat.Inputs[i]];
                var part = new ConcatPart(concat, i, start);
                if (fits(node, part))
                {
                    parts.TryAdd(node.Id, part);
                }

                start += node.Type.Shape[part.Axis];
            }
        }

        return parts;
    }
}
