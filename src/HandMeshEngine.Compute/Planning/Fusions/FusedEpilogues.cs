namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>Finds sums after an activation, and affines, that the node before them can store.</summary>
internal static class FusedEpilogues
{
    /// <summary>The epilogues by the node whose step stores them.</summary>
    public static Dictionary<int, FusedEpilogue> Find(OpGraph graph, Uses uses)
    {
        var epilogues = new Dictionary<int, FusedEpilogue>();
        var hosts = new Dictionary<int, int>(); // sum -> the node that stores it
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is BinaryOp { Arithmetic: BinaryKind.Add, Activation.Kind: not ActivationKind.PRelu })
            {
                // The later operand's step adds the other one: that is there by then.
                int host = Math.Max(node.Inputs[0], node.Inputs[1]), addend = Math.Min(node.Inputs[0], node.Inputs[1]);
                if (host != addend && uses.IsReadOnce(host) && CanFuse(graph, host, node) && graph.Nodes[addend].Type.Equals(node.Type)
                    && graph.Nodes[host].Type.Equals(node.Type) && !epilogues.ContainsKey(host))
                {
                    epilogues.Add(host, new FusedEpilogue { Sum = node, Addend = addend });
                    hosts.Add(node.Id, host);
                }
            }
            else if (node is { Op: AffineOp { Activation.Kind: not ActivationKind.PRelu }, Type.Shape.Rank: 4 })
            {
                int host = hosts.GetValueOrDefault(node.Inputs[0], node.Inputs[0]);
                if (CanFuse(graph, host, node) && node.Inputs.Skip(1).All(id => graph.Nodes[id].Op is ConstantOp))
                {
                    if (!epilogues.TryGetValue(host, out FusedEpilogue? epilogue))
                    {
                        epilogues.Add(host, epilogue = new FusedEpilogue());
                    }

                    if (epilogue.Affine is null)
                    {
                        epilogue.Affine = node;
                        epilogue.StoresUnscaled = !uses.IsReadOnce(node.Inputs[0]);
                    }
                }
            }
        }

        return epilogues;
    }

    private static bool CanFuse(OpGraph graph, int host, Node node) =>
        graph.Nodes[host].Op.Traits.FusesSumAndAffine && graph.Nodes[host].Rounding == node.Rounding;
}
