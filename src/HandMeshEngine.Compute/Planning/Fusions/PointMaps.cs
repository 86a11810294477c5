namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>Finds affines (and clamps before them) that only GridSamples read: those compute them on the fly.</summary>
internal static class PointMaps
{
    private const float Unbounded = 3e38f;

    /// <summary>The nodes that need no step.</summary>
    public static IEnumerable<int> Fused(OpGraph graph, Uses uses)
    {
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is AffineOp { Activation.Kind: ActivationKind.None } && !uses.IsNamed(node.Id)
                && node.Inputs.Skip(1).All(id => graph.Nodes[id].Op is ConstantOp) && uses.Of(node.Id).Count > 0
                && uses.Of(node.Id).All(use => use is { Reader.Op: GridSampleOp, Operand: 1 }))
            {
                yield return node.Id;
                Node before = graph.Nodes[node.Inputs[0]];
                if (IsClamp(before) && uses.IsReadOnce(before.Id))
                {
                    yield return before.Id;
                }
            }
        }
    }

    /// <summary>What a GridSample does itself.</summary>
    public static PointMap Of(OpGraph graph, Node sample, IReadOnlySet<int> fused)
    {
        Node points = graph.Nodes[sample.Inputs[1]];
        if (!fused.Contains(points.Id) || points.Op is not AffineOp)
        {
            return new PointMap(points.Id, HasMap: false, -Unbounded, Unbounded, 1, 1, 0, 0);
        }

        Tensor scale = ((ConstantOp)graph.Nodes[points.Inputs[1]].Op).Tensor, shift = ((ConstantOp)graph.Nodes[points.Inputs[2]].Op).Tensor;
        Node before = graph.Nodes[points.Inputs[0]];
        bool clamps = fused.Contains(before.Id) && IsClamp(before);
        Activation clamp = clamps ? ((ActivationOp)before.Op).Activation : default;
        return new PointMap(
            clamps ? before.Inputs[0] : before.Id, HasMap: true, clamps ? clamp.A : -Unbounded, clamps ? clamp.B : Unbounded,
            scale.Span<float>()[0], scale.Span<float>()[1], shift.Span<float>()[0], shift.Span<float>()[1]);
    }

    private static bool IsClamp(Node node) => node.Op is ActivationOp { Activation.Kind: ActivationKind.Clamp };
}
