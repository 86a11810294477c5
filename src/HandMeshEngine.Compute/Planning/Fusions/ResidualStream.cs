namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>
/// Residual sums and other wide results that no tensor core reads, only kernels that take either precision: rounding them to fp16 in
/// every block would add up along the stream and save nothing but bandwidth.
/// </summary>
internal static class ResidualStream
{
    /// <summary>The nodes whose results stay float32 for that.</summary>
    public static HashSet<int> Find(OpGraph graph, IReadOnlySet<int> outputReachable)
    {
        var stream = new HashSet<int>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is IEpilogueOp { Epilogue.Residual: true } || node.Rounding == Rounding.Operands)
            {
                stream.Add(node.Id);
            }
        }

        foreach (Node reader in graph.Nodes)
        {
            bool byTensorCores = reader.Op.Traits.Reads == OperandPrecision.TensorCores && !reader.FullPrecision && !outputReachable.Contains(reader.Id);
            bool inEither = reader.Op.Traits.Reads != OperandPrecision.Plan;
            for (int i = 0; i < reader.Inputs.Count; i++)
            {
                if (!inEither || (byTensorCores && i == 0))
                {
                    stream.Remove(reader.Inputs[i]);
                }
            }
        }

        return stream;
    }
}
