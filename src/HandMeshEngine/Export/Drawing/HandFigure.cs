namespace HandMeshEngine.Export.Drawing;

/// <summary>A hand ready to be painted from any side.</summary>
/// <param name="Hand">Its surface.</param>
/// <param name="AmbientLight">Share of its surroundings that every vertex sees, 0 to 1.</param>
/// <param name="Albedo">Linear RGB.</param>
/// <param name="Albedos">One for every vertex instead, or null.</param>
internal readonly record struct HandFigure(HandMesh Hand, float[] AmbientLight, Vector3 Albedo, Vector3[]? Albedos = null)
{
    // No colour of skin; the later ones are for further hands of the same side.
    private static readonly Vector3[] _left = [new(0.10f, 0.50f, 0.36f), new(0.52f, 0.16f, 0.38f)];
    private static readonly Vector3[] _right = [new(0.10f, 0.34f, 0.72f), new(0.36f, 0.22f, 0.66f)];

    /// <summary>The colour of a vertex.</summary>
    public Vector3 AlbedoOf(int vertex) => Albedos is null ? Albedo : Albedos[vertex];

    /// <summary>The colour of the n-th hand of a side, counting from 0.</summary>
    public static Vector3 Colour(Handedness side, int index)
    {
        Vector3[] colours = side == Handedness.Left ? _left : _right;
        return colours[index % colours.Length];
    }
}
