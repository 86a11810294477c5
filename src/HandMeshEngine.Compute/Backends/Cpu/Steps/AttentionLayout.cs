namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// How keys and values are packed: for each image and head first the keys as weights [head width][keys] in panels of
/// <see cref="PanelVectors"/> vectors, then the values as weights [keys][head width] likewise, the last panel only as wide as needed.
/// </summary>
internal sealed record AttentionLayout(int Heads, int Keys, int HeadWidth, int VectorWidth)
{
    /// <summary>Vectors of a panel.</summary>
    public int PanelVectors => 2;

    public int PanelWidth => PanelVectors * VectorWidth;

    public int PaddedKeys => (Keys + PanelWidth - 1) / PanelWidth * PanelWidth;

    public int PaddedWidth => (HeadWidth + VectorWidth - 1) / VectorWidth * VectorWidth;

    public long KeyFloats => (long)HeadWidth * PaddedKeys;

    public long HeadFloats => KeyFloats + ((long)Keys * PaddedWidth);

    public long ImageFloats => Heads * HeadFloats;
}
