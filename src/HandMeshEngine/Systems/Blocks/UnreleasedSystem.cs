namespace HandMeshEngine.Systems.Blocks;

/// <summary>A system of which only the paper was released: whoever uses it trains weights, in the layout of docs/training.md.</summary>
internal abstract class UnreleasedSystem : NetworkSystem
{
    /// <inheritdoc/>
    public override string Terms =>
        "none published, train your own in this layout (docs/training.md); tables come from your mesh (MANO licence, non-commercial, if it is MANO's)";

    /// <inheritdoc/>
    public override int InputSize => CmrCrop.Size;

    /// <inheritdoc/>
    internal override string Licence =>
        "set by whoever trained these weights; a MANO mesh in them is non-commercial and must not be passed on";

    /// <inheritdoc/>
    protected override string? CaseVariant(ReferenceCase reference) =>
        reference.Tensors.Metadata.TryGetValue("backbone", out string? depth) ? "r" + depth : null;
}
