namespace HandMeshEngine.Cases.Ops;

/// <summary>
/// One small graph around one op, with inputs made from a seed: written once, run on every backend and judged by the reference
/// backend.
/// </summary>
/// <param name="Name">For example <c>conv2d 3x3 stride 2</c>; unique.</param>
/// <param name="Describe">Writes graph and inputs into the scene.</param>
public sealed record OpCase(string Name, Action<OpScene> Describe)
{
    /// <summary>Most that sum((a-b)^2)/sum(b^2) may be in float32.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>The case's graph and inputs for a seed.</summary>
    public OpScene Make(int seed = 1)
    {
        var scene = new OpScene(HashCode(Name) ^ (seed * 7919));
        Describe(scene);
        return scene;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    // string.GetHashCode differs from process to process.
    private static int HashCode(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash & 0x3fffffff);
    }
}
