using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Fusions;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Several convolutions that the blocks of one launch compute one after the other: kernels/chain.cu.</summary>
internal static class ConvChainWriter
{
    /// <summary>Appends the launch.</summary>
    public static void Emit(CudaLoweringContext context, FusedConvChain chain)
    {
        var links = new List<LaunchStep>();
        int[] keptAt = ConvChainTiles.KeptAt([.. chain.Links.Select(link => link.Node.Type.Shape[1])], chain.Rows);
        foreach ((Node node, bool stores) in chain.Links)
        {
            bool isLast = links.Count == chain.Links.Count - 1;
            LaunchStep link = Link(context, node, stores, chain.Rows, links.Count == 0 ? null : keptAt[links.Count - 1], isLast ? null : keptAt[links.Count]);
            link.Shape = new LaunchShape(Layout.Ceiling(node.Type.Shape.Count / node.Type.Shape[1], chain.Rows), 1, 1, 128, 1, 1, keptAt[^1]);
            links.Add(link);
        }

        context.Plan.Steps.Add(LaunchStep.Chain(links));
    }

    /// <summary>One convolution.</summary>
    /// <param name="context">Knows operands and fusions.</param>
    /// <param name="node">The convolution.</param>
    /// <param name="stores">Whether others than the next link read its result.</param>
    /// <param name="rows">Pixels of a block.</param>
    /// <param name="from">Where in shared memory its rows lie; null for the first, which reads a map.</param>
    /// <param name="keep">Where it leaves its result for the next one; null for the last.</param>
    private static LaunchStep Link(CudaLoweringContext context, Node node, bool stores, int rows, int? from, int? keep)
    {
        var op = (Conv2dOp)node.Op;
        Tensor weights = context.Constants.Tensor(node, 1, "weight");
        Shape w = weights.Shape, shape = node.Type.Shape;
        bool storesUnscaled = context.Fusions.StoresUnscaled(node, stores);
        View to = storesUnscaled ? context.Views.Allocate(node) : ValueViews.Unstored(node);
        var product = new ProductShape(to.Pixels, w[0], w.CountOf(2, 4) * Layout.Ceiling(w[1], Layout.Group));
        Tile tile = ConvChainTiles.LinkTile(w[0], rows);
        PlanBuffer packed = ProductWriter.PackedForTiles(
            context, product, tile, weights, Ops.Conv2d.Packing, tensorCores: true, Ops.Conv2d.WeightsByTaps(w, 1, 1));
        LaunchStep link = new LaunchStep(node, "chain", "chain", to).Define("READS_MAP", from is null).Define("MMA", true).Define("SPLIT", 1)
            .Define("KEEP", keep ?? -1).Define("PASSES", Layout.Ceiling(w[0], tile.Outputs))
            .Define("TILE_M", tile.Rows).Define("TILE_N", tile.Outputs).Define("STAGES", tile.Stages);
        if (from is null)
        {
            View x = context.Views.AlignedHalfOf(node, 0);
            Ops.Conv2d.DefineWindow(link, op, w, x, to, parts: 1).Define("IN_TYPE", x.TypeName).Take(x.Pointer);
            link.Bytes = Layout.BytesOf(x);
            link.Detail = $"{x.Shape}->";
        }
        else
        {
            link.Define("LINK_ROWS", product.Rows).Define("LINK_CHUNKS", product.Chunks).Define("FROM", from.Value);
        }

        link.Take(new Pointer(packed, 0));
        EpilogueWriter.Write(context, link, op.Epilogue, op.OwnInputs, to, stores);
        link.MultiplyAdds = context.MultiplyAdds(node);
        link.Bytes += packed.Bytes + (storesUnscaled ? Layout.BytesOf(to) : 0);
        link.Detail += $"{shape} k{w[2]}x{w[3]} s{op.Stride} tile {tile}{link.Ending}{(stores || storesUnscaled ? string.Empty : " kept")}";
        return link;
    }
}
