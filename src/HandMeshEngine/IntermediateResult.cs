namespace HandMeshEngine;

/// <summary>
/// What a paper's network computes on its way to the mesh, as the network has it: units and axes are those of the system's page
/// (docs/systems). Of a hand of the side that the network was not trained for, it is about the mirrored image.
/// </summary>
public sealed class IntermediateResult
{
    private readonly float[] _values;

    internal IntermediateResult(string name, IReadOnlyList<int> shape, int length) => (Name, Shape, _values) = (name, shape, new float[length]);

    /// <summary>Its name on the system's page and in stored cases.</summary>
    public string Name { get; }

    /// <summary>Extents, without the batch.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values, last axis fastest.</summary>
    public ReadOnlySpan<float> Values => _values;

    internal Span<float> WritableValues => _values;

    internal IntermediateResult Clone()
    {
        var copy = new IntermediateResult(Name, Shape, _values.Length);
        _values.CopyTo(copy._values, 0);
        return copy;
    }
}
