namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>What a backend can chain, and what it gains by it.</summary>
internal interface IConvChainCosts
{
    /// <summary>Whether a convolution can be a link.</summary>
    bool IsLink(Node node);

    /// <summary>Whether a link can read a value that has not been stored.</summary>
    bool CanHandOn(int value);

    /// <summary>How many of some convolutions, first to last, to compute in one step, and by how many pixels at a time; null: one by one.</summary>
    (int Links, int Rows)? Best(IReadOnlyList<Node> links);
}

/// <summary>Finds runs of convolutions that one step can compute, keeping what they hand on near the processor.</summary>
internal sealed class ConvChains(OpGraph graph, Uses uses, IReadOnlyDictionary<int, FusedEpilogue> epilogues, IConvChainCosts costs)
{
    /// <summary>The chains by their first convolutions; the ids of the others go to <paramref name="fused"/>.</summary>
    public Dictionary<int, FusedConvChain> Find(ISet<int> fused)
    {
        var chains = new Dictionary<int, FusedConvChain>();
        foreach (Node first in graph.Nodes.Where(costs.IsLink))
        {
            List<Node> links = [first];
            while (!fused.Contains(first.Id) && Next(links[^1], first) is { } next)
            {
                links.Add(next);
            }

            if (links.Count > 1 && costs.Best(links) is var (count, rows))
            {
                bool Stores(Node link) => link == links[count - 1] || !uses.IsReadOnce(ResultOf(link));
                chains.Add(first.Id, new FusedConvChain([.. links.Take(count).Select(link => (link, Stores(link)))], rows));
                fused.UnionWith(links.Take(count).Skip(1).Select(link => link.Id));
            }
        }

        return chains;
    }

    /// <summary>
    /// The convolution that can be computed right after one, in the step of the first: all else that it reads is there before that. Of
    /// several the last, since a shortcut stands before the branch that it belongs to.
    /// </summary>
    private Node? Next(Node node, Node first)
    {
        int result = ResultOf(node);
        bool IsThere(int id) => id < first.Id || graph.Nodes[id].Op is ConstantOp;
        return costs.CanHandOn(result)
            ? uses.Of(result).Where(use => use.Operand == 0).Select(use => use.Reader).LastOrDefault(
                reader => DepthwisePointwise.IsPointwise(graph, reader) && costs.IsLink(reader) && reader.Inputs.Skip(1).All(IsThere)
                && (epilogues.GetValueOrDefault(reader.Id) is not { Sum: not null } epilogue || IsThere(epilogue.Addend)))
            : null;
    }

    /// <summary>What the step of a node stores last.</summary>
    private int ResultOf(Node node) => epilogues.TryGetValue(node.Id, out FusedEpilogue? epilogue) ? (epilogue.Affine ?? epilogue.Sum)!.Id : node.Id;
}
