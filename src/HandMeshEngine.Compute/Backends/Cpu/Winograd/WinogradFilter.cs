using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>Which convolutions run by Winograd's F(4x4, 3x3), and their weights.</summary>
internal static class WinogradFilter
{
    /// <summary>Products of a block of outputs.</summary>
    public const int Matrices = 36;

    private const int Patch = 6, Block = 4, Kernel = 3;

    // Below, the transforms and the four times larger weights cost more than the arithmetic that they save.
    private const int SmallestSide = 12, FewestChannels = 32;

    // G of F(4x4, 3x3): row i evaluates the filter at interpolation point i.
    private static readonly double[,] Filter =
    {
        { 1 / 4.0, 0, 0 },
        { -1 / 6.0, -1 / 6.0, -1 / 6.0 },
        { -1 / 6.0, 1 / 6.0, -1 / 6.0 },
        { 1 / 24.0, 1 / 12.0, 1 / 6.0 },
        { 1 / 24.0, -1 / 12.0, 1 / 6.0 },
        { 0, 0, 1 },
    };

    /// <summary>True if a convolution is better done this way.</summary>
    public static bool Applies(Conv2dOp op, Shape input, Shape weight, Shape output) =>
        op is { Stride: 1, Dilation: 1, Groups: 1 } && weight[2] == Kernel && weight[3] == Kernel
        && output[2] >= SmallestSide && output[3] >= SmallestSide && input[1] >= FewestChannels && output[1] >= FewestChannels;

    /// <summary>The border that lets every block read a whole patch.</summary>
    public static Padding Border(Conv2dOp op, Shape input, Shape output) => new(
        op.Padding.Top,
        op.Padding.Left,
        Math.Max(0, (Blocks(output[2]) * Block) + Kernel - 1 - op.Padding.Top - input[2]),
        Math.Max(0, (Blocks(output[3]) * Block) + Kernel - 1 - op.Padding.Left - input[3]));

    /// <summary>Blocks that cover an extent.</summary>
    public static int Blocks(int extent) => (extent + Block - 1) / Block;

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
                    half[(i * Kernel) + x] = (Filter[i, 0] * filter[x]) + (Filter[i, 1] * filter[Kernel + x]) + (Filter[i, 2] * filter[(2 * Kernel) + x]);
                }
            }

            for (int i = 0; i < Patch; i++)
            {
                for (int j = 0; j < Patch; j++)
                {
                    matrices[(i * Patch) + j][pair] = (float)((half[i * Kernel] * Filter[j, 0])
                        + (half[(i * Kernel) + 1] * Filter[j, 1]) + (half[(i * Kernel) + 2] * Filter[j, 2]));
                }
            }
        }

        return matrices;
    }
}
