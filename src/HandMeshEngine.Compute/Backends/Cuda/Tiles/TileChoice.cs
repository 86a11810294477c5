using System.Numerics;

namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// Chooses the tile of every product: the one measured on this device, else the first by the model. Cards of an architecture differ by
/// what is measured on them only.
/// </summary>
internal sealed class TileChoice(int sm, TileTable? measured = null, int rank = 0)
{
    private readonly Dictionary<ProductShape, Tile> _chosen = [];

    /// <summary>What decides: equal for choices that agree on every product.</summary>
    public string Identity { get; } = $"{sm} {rank} {measured}";

    /// <summary>How long products take on the architecture.</summary>
    public TileModel Model { get; } = new(sm);

    /// <summary>The same choice without measurements, with the tile that the model ranks there instead of its first; for tuning.</summary>
    public TileChoice WithRank(int rank) => new(sm, measured: null, rank);

    /// <summary>The tile of a product.</summary>
    public Tile For(ProductShape product)
    {
        if (!_chosen.TryGetValue(product, out Tile tile))
        {
            tile = measured is not null && measured.TryGet(product, out Tile known) && TileModel.Candidates(product).Contains(known)
                ? known
                : Model.Best(product, rank + 1)[^1];
            _chosen.Add(product, tile);
        }

        return tile;
    }

    /// <summary>
    /// How a product of very few rows is shared out: threads for one output, and outputs that these compute together. A thread for each
    /// 8 weights while a card can hold them all; then longer sums; then several outputs, which share what they read of the rows.
    /// </summary>
    public (int Lanes, int Outputs) ForRows(int outputs, int chunks)
    {
        int lanes = (int)Math.Min(128, BitOperations.RoundUpToPowerOf2((uint)chunks)), together = 1;
        while (together < 4 && (long)outputs * lanes / together > (long)Model.Multiprocessors * TileModel.ThreadsPerMultiprocessor)
        {
            (lanes, together) = lanes > 32 ? (lanes / 2, 1) : (lanes, together * 2);
        }

        return (lanes, together);
    }
}
