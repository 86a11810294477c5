using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>What the launch of a node also does for the nodes that read it, so that they need none of their own.</summary>
internal sealed class Tail
{
    /// <summary>The sum that is stored in place of the node's own value; null if there is none.</summary>
    public Node? Sum { get; set; }

    /// <summary>The value that is added for <see cref="Sum"/>; it is there before the launch.</summary>
    public int Addend { get; set; }

    /// <summary>The affine that is stored beside what the launch stores; null if there is none.</summary>
    public Node? Second { get; set; }

    /// <summary>Whether anything but <see cref="Second"/> reads what the launch stores.</summary>
    public bool StoresFirst { get; set; } = true;
}

/// <summary>Finds what launches can do beside their own op, before any is written.</summary>
internal static class Tails
{
    /// <summary>The tails by node.</summary>
    public static Dictionary<int, Tail> Find(OpGraph graph, Uses uses)
    {
        var tails = new Dictionary<int, Tail>();
        var hosts = new Dictionary<int, int>(); // sum -> the node whose launch stores it
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is BinaryOp { Arithmetic: BinaryKind.Add, Activation.Kind: not ActivationKind.PRelu })
            {
                // The later operand's launch adds the other one: that is there by then.
                int host = Math.Max(node.Inputs[0], node.Inputs[1]), addend = Math.Min(node.Inputs[0], node.Inputs[1]);
                if (host != addend && uses.IsReadOnce(host) && Has(graph, host, node) && graph.Nodes[addend].Type.Equals(node.Type)
                    && graph.Nodes[host].Type.Equals(node.Type) && !tails.ContainsKey(host))
                {
                    tails.Add(host, new Tail { Sum = node, Addend = addend });
                    hosts.Add(node.Id, host);
                }
            }
            else if (node is { Op: AffineOp { Activation.Kind: not ActivationKind.PRelu }, Type.Shape.Rank: 4 })
            {
                int host = hosts.GetValueOrDefault(node.Inputs[0], node.Inputs[0]);
                if (Has(graph, host, node) && node.Inputs.Skip(1).All(id => graph.Nodes[id].Op is ConstantOp))
                {
                    if (!tails.TryGetValue(host, out Tail? tail))
                    {
                        tails.Add(host, tail = new Tail());
                    }

                    if (tail.Second is null)
                    {
                        tail.Second = node;
                        tail.StoresFirst = !uses.IsReadOnce(node.Inputs[0]);
                    }
                }
            }
        }

        return tails;
    }

    private static bool Has(OpGraph graph, int host, Node node) =>
        graph.Nodes[host] is var producer && producer.Op.Traits.FusesSumAndAffine && producer.Rounding == node.Rounding;
}
