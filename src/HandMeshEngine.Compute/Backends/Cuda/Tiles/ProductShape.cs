namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>A matrix product on tensor cores, as far as the choice of its tile goes.</summary>
/// <param name="Rows">Rows of the result, of one phase.</param>
/// <param name="Outputs">Columns of the result.</param>
/// <param name="Chunks">Groups of 8 that k runs over.</param>
/// <param name="Phases">Products side by side, each with weights of its own.</param>
internal readonly record struct ProductShape(int Rows, int Outputs, int Chunks, int Phases = 1)
{
    /// <summary>Steps that multiply all of k.</summary>
    public int Steps => Layout.Ceiling(Chunks * Layout.Group, Tile.StepDepth);
}
