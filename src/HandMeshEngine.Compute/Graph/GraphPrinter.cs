using System.Text;

namespace HandMeshEngine.Compute.Graph;

/// <summary>Writes a graph as text, one line a node, constants only where they are used.</summary>
public static class GraphPrinter
{
    /// <summary>The text; stable between runs, so it can be compared with a checked-in copy.</summary>
    public static string Print(OpGraph graph)
    {
        var text = new StringBuilder();
        string stage = string.Empty;
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is ConstantOp)
            {
                continue;
            }

            if (node.Stage != stage)
            {
                stage = node.Stage;
                text.Append("stage ").Append(stage).Append('\n');
            }

            text.Append("  %").Append(node.Id).Append(" = ").Append(node.Op.Kind);
            string attributes = node.Op.Describe();
            if (attributes.Length > 0)
            {
                text.Append(' ').Append(attributes);
            }

            text.Append('(');
            text.AppendJoin(", ", node.Inputs.Select(id => Operand(graph.Nodes[id])));
            text.Append(") : ").Append(node.Type.Shape).Append('\n');
        }

        foreach ((string name, int id) in graph.Outputs)
        {
            text.Append("output ").Append(name).Append(" = %").Append(id).Append('\n');
        }

        return text.ToString();
    }

    private static string Operand(Node node) =>
        node.Op is ConstantOp constant ? $"{constant.Name}{node.Type.Shape}" : $"%{node.Id}";
}
