using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Depthwise;

/// <summary>The window of a depth-wise convolution, if there are kernels for it that need no border around the map.</summary>
/// <param name="Size">Its rows and columns; 0: any other window, whose taps are read one by one from a map with a border.</param>
/// <param name="Top">Rows of the first window above the map.</param>
/// <param name="Left">Columns of it left of the map.</param>
internal readonly record struct DepthwiseWindow(int Size, int Top, int Left)
{
    /// <summary>The window of a convolution; of size 0 for one that is not depth-wise.</summary>
    public static DepthwiseWindow Of(Conv2dOp op, Shape input, Shape weight, Shape output)
    {
        bool hasKernels = op.Groups > 1 && op.Groups == input[1] && weight[0] == input[1] && weight[2] == weight[3] && weight[2] is (3 or 5) && op.Dilation == 1 && op.Stride <= 2;
        if (!hasKernels)
        {
            return default;
        }

        // The kernels expect only the outer half of a window outside the map.
        Padding outside = Taps.Of(op, weight, output).Border(input, op.Stride);
        int most = weight[2] / 2;
        return Math.Max(Math.Max(outside.Top, outside.Left), Math.Max(outside.Bottom, outside.Right)) <= most
            ? new DepthwiseWindow(weight[2], op.Padding.Top, op.Padding.Left)
            : default;
    }
}
