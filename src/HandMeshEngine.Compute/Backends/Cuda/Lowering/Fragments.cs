using HandMeshEngine.Compute.Backends.Cuda.Tiles;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>
/// The order in which tensor-core products want their weights (kernels/tile.cuh): as the fragments of mma.sync, so that a lane loads
/// what it multiplies of 8 outputs and a step of k with one instruction of 16 bytes. The one place that knows it.
/// </summary>
internal static class Fragments
{
    private const int WarpOutputs = 32;
    private const int LaneHalves = 8;

    /// <summary>Where a weight lies, in halves: [outputs / 32][steps][4][lane][8].</summary>
    /// <param name="output">The output.</param>
    /// <param name="k">Its place along k.</param>
    /// <param name="depth">k rounded up to whole steps.</param>
    public static int IndexOf(int output, int k, int depth)
    {
        // A lane has two columns of each of the warp's four products: eight neighbouring outputs.
        int own = output % WarpOutputs, column = (own / 8 * 2) + (own % 2), product = own % 8 / 2;

        // A step is two products of 16 k; of each a lane holds two neighbours of the lower 8 and two of the upper.
        int inStep = k % Tile.StepDepth, lane = (column * 4) + (inStep % 8 / 2);
        int step = (output / WarpOutputs * (depth / Tile.StepDepth)) + (k / Tile.StepDepth);
        return ((((step * 4) + product) * WarpOutputs) + lane) * LaneHalves + (inStep / 8 * 2) + (k % 2);
    }
}
