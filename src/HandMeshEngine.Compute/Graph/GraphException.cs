namespace HandMeshEngine.Compute.Graph;

/// <summary>A graph cannot be built: shapes that do not fit, or a weight that is missing or mis-shaped.</summary>
public sealed class GraphException : Exception
{
    /// <summary>Says what was given, what was expected and where.</summary>
    public GraphException(string message)
        : base(message)
    {
    }
}
