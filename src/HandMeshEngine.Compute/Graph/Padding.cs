namespace HandMeshEngine.Compute.Graph;

/// <summary>Rows and columns added around a map.</summary>
public readonly record struct Padding(int Top, int Left, int Bottom, int Right)
{
    /// <summary>The same padding on all four sides.</summary>
    public static Padding Same(int size) => new(size, size, size, size);

    /// <summary>
    /// TensorFlow's SAME padding for one square kernel: total = max((ceil(in / stride) - 1) stride + kernel - in, 0), the
    /// smaller half before.
    /// </summary>
    public static Padding TensorFlowSame(int height, int width, int kernel, int stride)
    {
        (int top, int bottom) = Split(height, kernel, stride);
        (int left, int right) = Split(width, kernel, stride);
        return new Padding(top, left, bottom, right);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Top == Left && Top == Bottom && Top == Right ? $"{Top}" : $"{Top},{Left},{Bottom},{Right}";

    private static (int Before, int After) Split(int extent, int kernel, int stride)
    {
        int total = Math.Max(((((extent + stride - 1) / stride) - 1) * stride) + kernel - extent, 0);
        return (total / 2, total - (total / 2));
    }
}
