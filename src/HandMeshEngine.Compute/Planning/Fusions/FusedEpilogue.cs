namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>
/// What is stored for a node after its own epilogue, for nodes that read it and need no step of their own: a sum in its place, and an
/// affine of it beside it.
/// </summary>
internal sealed class FusedEpilogue
{
    /// <summary>The sum that is stored in place of the node's own value; null if there is none.</summary>
    public Node? Sum { get; init; }

    /// <summary>The value that is added for <see cref="Sum"/>; it is there before the node is computed.</summary>
    public int Addend { get; init; }

    /// <summary>The affine that is stored beside the value or sum; null if there is none.</summary>
    public Node? Affine { get; set; }

    /// <summary>Whether anything but <see cref="Affine"/> reads the value or sum.</summary>
    public bool StoresUnscaled { get; set; } = true;
}
