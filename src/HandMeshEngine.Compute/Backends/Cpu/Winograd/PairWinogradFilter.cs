namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>The filters of Winograd's F(2x2, 3x3): its factors are halves and ones, so that bf16 bears it (F(4x4) would cost 3 bits more).</summary>
internal static class PairWinogradFilter
{
    /// <summary>Products of a block of outputs.</summary>
    public const int Matrices = Patch * Patch;

    /// <summary>Side of an input patch, and of a block of outputs.</summary>
    public const int Patch = 4, Block = 2;

    private const int Kernel = WinogradFilter.Kernel;

    // G of F(2x2, 3x3): row i evaluates the filter at interpolation point i (0, 1, -1, infinity).
    private static readonly double[,] _filter = { { 1, 0, 0 }, { 0.5, 0.5, 0.5 }, { 0.5, -0.5, 0.5 }, { 0, 0, 1 } };

    /// <summary>Blocks that cover an extent.</summary>
    public static int Blocks(int extent) => (extent + Block - 1) / Block;

    /// <summary>Input that the patches of these blocks cover.</summary>
    public static int Reach(int extent) => (Blocks(extent) * Block) + Kernel - 1;

    /// <summary>G g G^T for every pair of channels: [matrix][output][input].</summary>
    public static float[][] Transform(Tensor weight)
    {
        int pairs = weight.Shape[0] * weight.Shape[1];
        float[][] matrices = [.. Enumerable.Range(0, Matrices).Select(_ => new float[pairs])];
        ReadOnlySpan<float> values = weight.Span<float>();
        for (int pair = 0; pair < pairs; pair++)
        {
            ReadOnlySpan<float> filter = values.Slice(pair * Kernel * Kernel, Kernel * Kernel);
            for (int matrix = 0; matrix < Matrices; matrix++)
            {
                double sum = 0;
                for (int tap = 0; tap < Kernel * Kernel; tap++)
                {
                    sum += _filter[matrix / Patch, tap / Kernel] * filter[tap] * _filter[matrix % Patch, tap % Kernel];
                }

                matrices[matrix][pair] = (float)sum;
            }
        }

        return matrices;
    }
}
