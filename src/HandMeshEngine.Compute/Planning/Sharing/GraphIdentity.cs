namespace HandMeshEngine.Compute.Planning.Sharing;

/// <summary>Whether two graphs are the same, down to the bytes of their constants.</summary>
internal static class GraphIdentity
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>A number that almost always differs between graphs with other constants. It guards nothing against malice.</summary>
    public static ulong Fingerprint(OpGraph graph)
    {
        ulong sum = (ulong)graph.Nodes.Count;
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is ConstantOp constant)
            {
                sum = Mix(sum, Fingerprint(constant.Tensor.Bytes));
            }
        }

        return sum;
    }

    /// <summary>True if both compute the same, by the same ops in the same order.</summary>
    public static bool AreEqual(OpGraph one, OpGraph other) =>
        one.Nodes.Count == other.Nodes.Count
        && AreEqual(one.Inputs, other.Inputs) && AreEqual(one.Outputs, other.Outputs) && AreEqual(one.Taps, other.Taps)
        && one.Nodes.Zip(other.Nodes).All(pair => AreEqual(pair.First, pair.Second));

    private static bool AreEqual(Node one, Node other) =>
        one.Type == other.Type && one.Stage == other.Stage && one.Rounding == other.Rounding && one.Inputs.SequenceEqual(other.Inputs)
        && (one.Op, other.Op) switch
        {
            (ConstantOp a, ConstantOp b) => a.Name == b.Name && a.Tensor.Bytes.SequenceEqual(b.Tensor.Bytes),
            _ => one.Op == other.Op,
        };

    private static bool AreEqual(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out int id) && id == pair.Value);

    // Four sums side by side, or each multiplication would wait for the one before.
    private static ulong Fingerprint(ReadOnlySpan<byte> bytes)
    {
        ulong a = (ulong)bytes.Length, b = 1, c = 2, d = 3;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        int i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            a = Mix(a, words[i]);
            b = Mix(b, words[i + 1]);
            c = Mix(c, words[i + 2]);
            d = Mix(d, words[i + 3]);
        }

        for (; i < words.Length; i++)
        {
            a = Mix(a, words[i]);
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            b = Mix(b, rest);
        }

        return Mix(Mix(a, b), Mix(c, d));
    }

    private static ulong Mix(ulong sum, ulong value)
    {
        ulong product = (sum ^ value) * Prime;
        return product ^ (product >> 32);
    }
}
