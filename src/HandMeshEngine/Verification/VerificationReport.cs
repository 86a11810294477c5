namespace HandMeshEngine.Verification;

/// <summary>The outcome of comparing an engine with a stored case.</summary>
/// <param name="Case">Name of the case.</param>
/// <param name="System">Id of the system.</param>
/// <param name="Device">What computed.</param>
/// <param name="Tensors">Every comparison, in the order of the computation; those of single stages before those of the whole chain.</param>
public sealed record VerificationReport(string Case, string System, string Device, IReadOnlyList<TensorComparison> Tensors)
{
    /// <summary>The errors of the mesh that was compared last; null if no mesh was.</summary>
    public MeshError? MeshError { get; init; }

    /// <summary>Something was compared and everything is within tolerance.</summary>
    public bool Passed => Tensors.Count > 0 && Tensors.All(tensor => tensor.Passed);

    /// <summary>The first comparison that failed: where to look for the mistake.</summary>
    public TensorComparison? FirstDiverging => Tensors.FirstOrDefault(tensor => !tensor.Passed);

    /// <summary>One line a comparison; the first stage that diverges last.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Case).Append(" (").Append(System).Append(") on ").Append(Device).Append('\n');
        foreach (TensorComparison tensor in Tensors)
        {
            text.Append("  ").Append(tensor).Append('\n');
        }

        if (FirstDiverging is { } first)
        {
            text.Append("first diverging stage: ").Append(first.Stage).Append(" (").Append(first.Name).Append(", ").Append(first.Route).Append(")\n");
        }
        else if (Tensors.Count == 0)
        {
            text.Append("nothing was compared\n");
        }

        return text.ToString();
    }
}
