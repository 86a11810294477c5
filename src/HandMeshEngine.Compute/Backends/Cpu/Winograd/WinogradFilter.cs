namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>The filters of Winograd's F(4x4, 3x3).</summary>
internal static class WinogradFilter
{
    /// <summary>Products of a block of outputs.</summary>
    public const int Matrices = 36;

    /// <summary>Side of the filter.</summary>
    public const int Kernel = 3;

    private const int Patch = 6, Block = 4;

    // G of F(4x4, 3x3): row i evaluates the filter at interpolation point i.
    private static readonly double[,] _filter =
    {
        { 1 / 4.0, 0, 0 },
        { -1 / 6.0, -1 / 6.0, -1 / 6.0 },
        { -1 / 6.0, 1 / 6.0, -1 / 6.0 },
        { 1 / 24.0, 1 / 12.0, 1 / 6.0 },
        { 1 / 24.0, -1 / 12.0, 1 / 6.0 },
        { 0, 0, 1 },
    };

    /// <summary>Blocks that cover an extent.</summary>
    public static int Blocks(int extent) => (extent + Block - 1) / Block;

    /// <summary>Input that the patches of these blocks cover.</summary>
    public static int Reach(int extent) => (Blocks(extent) * Block) + Kernel - 1;

    /// <summary>G g G^T for every pair of channels: [matrix][output][input].</summary>
    public static float[][] Transform(Tensor weight)
    {
        int pairs = weight.Shape[0] * weight.Shape[1];
        var matrices = new float[Matrices][];
        for (int i = 0; i < Matrices; i++)
        {
            matrices[i] = new float[pairs];
        }

        ReadOnlySpan<float> values = weight.Span<float>();
        Span<double> half = stackalloc double[Patch * Kernel];
        for (int pair = 0; pair < pairs; pair++)
        {
            ReadOnlySpan<float> filter = values.Slice(pair * Kernel * Kernel, Kernel * Kernel);
            for (int i = 0; i < Patch; i++)
            {
                for (int x = 0; x < Kernel; x++)
                {
                    half[(i * Kernel) + x] = (_filter[i, 0] * filter[x]) + (_filter[i, 1] * filter[Kernel + x]) + (_filter[i, 2] * filter[(2 * Kernel) + x]);
                }
            }

            for (int i = 0; i < Patch; i++)
            {
                for (int j = 0; j < Patch; j++)
                {
                    matrices[(i * Patch) + j][pair] = (float)((half[i * Kernel] * _filter[j, 0])
                        + (half[(i * Kernel) + 1] * _filter[j, 1]) + (half[(i * Kernel) + 2] * _filter[j, 2]));
                }
            }
        }

        return matrices;
    }
}
