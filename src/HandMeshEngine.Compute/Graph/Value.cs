namespace HandMeshEngine.Compute.Graph;

/// <summary>A handle on the result of one node of an <see cref="OpGraph"/>; handed out by <see cref="GraphBuilder"/>.</summary>
/// <param name="Id">Position of the producing node in <see cref="OpGraph.Nodes"/>.</param>
public readonly record struct Value(int Id);
