namespace HandMeshEngine.Compute.Passes;

/// <summary>Moves residual additions and activations into the store of the op before them.</summary>
internal static class EpilogueFusion
{
    public static OpGraph Run(OpGraph graph) => FuseActivations(FuseResiduals(graph));

    private static OpGraph FuseResiduals(OpGraph graph)
    {
        FusionSites sites = new(graph);
        var producers = new Dictionary<int, Node>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is BinaryOp { Arithmetic: BinaryKind.Add, Activation.Kind: not ActivationKind.PRelu }
                && graph.Nodes[node.Inputs[0]].Type.Equals(graph.Nodes[node.Inputs[1]].Type)
                && node.Inputs[0] != node.Inputs[1])
            {
                // The later operand takes the sum in: the other one is there by then.
                Node? producer = Candidate(sites, node, node.Inputs[0] > node.Inputs[1] ? 0 : 1)
                    ?? Candidate(sites, node, node.Inputs[0] > node.Inputs[1] ? 1 : 0);
                if (producer is not null)
                {
                    producers.Add(node.Id, producer);
                }
            }
        }

        return sites.Rewrite(producers, static (rewriter, node, producer) =>
        {
            var op = (IEpilogueOp)producer.Op;
            int other = node.Inputs[0] == producer.Id ? node.Inputs[1] : node.Inputs[0];
            Op fused = op.With(op.Epilogue with { Residual = true, Activation = ((BinaryOp)node.Op).Activation });
            rewriter.Alias(node, rewriter.Insert(producer, fused, [.. producer.Inputs.Select(rewriter.Mapped), rewriter.Mapped(other)]));
        });
    }

    private static Node? Candidate(FusionSites sites, Node node, int operand) =>
        sites.SoleProducer(node, operand) is
        { Op: IEpilogueOp { Epilogue: { Residual: false, Activation.Kind: ActivationKind.None } } } producer
            ? producer
            : null;

    private static OpGraph FuseActivations(OpGraph graph)
    {
        FusionSites sites = new(graph);
        var producers = new Dictionary<int, Node>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is ActivationOp activation && sites.SoleProducer(node, 0) is { } producer
                && WithActivation(producer.Op, activation.Activation) is not null)
            {
                producers.Add(node.Id, producer);
            }
        }

        return sites.Rewrite(producers, static (rewriter, node, producer) =>
        {
            Op fused = WithActivation(producer.Op, ((ActivationOp)node.Op).Activation)!;
            rewriter.Alias(
                node,
                rewriter.Insert(producer, fused, [.. producer.Inputs.Concat(node.Inputs.Skip(1)).Select(rewriter.Mapped)]));
        });
    }

    private static Op? WithActivation(Op op, Activation activation) => op switch
    {
        IEpilogueOp { Epilogue.Activation.Kind: ActivationKind.None } fusable =>
            fusable.With(fusable.Epilogue with { Activation = activation }),
        BinaryOp { Activation.Kind: ActivationKind.None } binary => binary with { Activation = activation },
        AffineOp { Activation.Kind: ActivationKind.None } affine => affine with { Activation = activation },
        _ => null,
    };
}
