namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// How products in float32 are cut (kernels/gemm.cuh, matmul.cu): the warps of a block add up k between them, and blocks share a tile
/// as long as a warp has more than a few steps and the card has room, since each step is a way to L2 and back.
/// </summary>
internal static class ScalarTiles
{
    /// <summary>Rows and outputs of a block.</summary>
    public const int Side = 32;

    /// <summary>Groups of 8 values of k in a step.</summary>
    public const int StepChunks = 2;

    /// <summary>Shared memory of a warp: a step of both operands, later its sums.</summary>
    public const int WarpBytes = 2 * StepChunks * Layout.Group * Side * sizeof(float);

    // One step in registers on its way, one in shared memory.
    private const int Stages = 2;

    // Parts add up through L2, so the fewest that leave a warp no more than that.
    private const int FewSteps = 2;
    private const int BlocksPerMultiprocessor = 3;
    private const int LongSteps = 64;

    /// <summary>
    /// Warps of a block: only those of four can share a launch with other kernels; more where k is long and each step reads a table before
    /// it knows where its rows lie.
    /// </summary>
    public static int Warps(ProductShape product, bool gathers) => gathers && AllSteps(product) >= LongSteps ? 8 : 4;

    /// <summary>The tile of a product whose blocks have so many warps.</summary>
    public static Tile For(ProductShape product, int warps, TileModel model)
    {
        int blocks = Layout.Ceiling(product.Rows, Side) * Layout.Ceiling(product.Outputs, Side) * product.Phases;
        int[] splits = [.. TileModel.Splits.Where(split => split == 1 || blocks * split <= BlocksPerMultiprocessor * model.Multiprocessors)];
        return new Tile(Side, Side, Stages, splits.FirstOrDefault(split => Steps(product, split, warps) <= FewSteps, splits[^1]));
    }

    /// <summary>Steps that each warp takes one after the other.</summary>
    public static int Steps(ProductShape product, int split, int warps) => Layout.Ceiling(Layout.Ceiling(AllSteps(product), split), warps);

    private static int AllSteps(ProductShape product) => Layout.Ceiling(product.Chunks, StepChunks);
}
