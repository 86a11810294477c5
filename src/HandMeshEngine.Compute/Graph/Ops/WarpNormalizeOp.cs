namespace HandMeshEngine.Compute.Graph;

/// <summary>The arithmetic of a <see cref="WarpNormalizeOp"/>.</summary>
public enum WarpSampling
{
    /// <summary>Exact bilinear taps in floating point, nothing rounded.</summary>
    Bilinear,

    /// <summary>OpenCV's warpAffine on 8-bit images: positions in 1/32 pixel, fixed-point weights, result rounded to 8 bits.</summary>
    OpenCvWarp,

    /// <summary>
    /// OpenCV's resize on 8-bit images (INTER_LINEAR): 11-bit weights, result rounded to 8 bits. The matrix is a scale and a shift
    /// that name a crop of whole pixels, whose edges the taps do not cross; a negative scale mirrors it.
    /// </summary>
    OpenCvResize,
}

/// <summary>What a warp reads outside the image.</summary>
public enum WarpBorder
{
    /// <summary>Each tap outside counts 0.</summary>
    Zero,

    /// <summary>Tap indices are clamped to the image.</summary>
    Replicate,
}

/// <summary>
/// Pixels to network input, the one op that touches images: (image, matrix Float64 [N, 3, 3]) -> [N, 3, Height, Width].
/// The matrix takes an output pixel (column, row, 1) to an image position in pixel indices (homogeneous; the last row is
/// 0 0 1 for an affine crop). out[c] = sample[c] Scale[c] + Offset[c] with sample in 0..255. The image is an
/// <see cref="ImageInputOp"/> or a map [N or 1, 3, H, W] of values 0..255 (a second warp of an earlier one).
/// </summary>
/// <param name="Height">Rows of the output.</param>
/// <param name="Width">Columns of the output.</param>
/// <param name="Sampling">Arithmetic.</param>
/// <param name="Border">Outside the image.</param>
/// <param name="SwapRedBlue">True: output channel 0 is blue.</param>
/// <param name="Scale">Factor of output channels 0, 1, 2.</param>
/// <param name="Offset">Summand of output channels 0, 1, 2.</param>
public sealed record WarpNormalizeOp(
    int Height,
    int Width,
    WarpSampling Sampling,
    WarpBorder Border,
    bool SwapRedBlue,
    (float C0, float C1, float C2) Scale,
    (float C0, float C1, float C2) Offset) : Op("warpnormalize")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count == 2, "expected an image and a matrix");
        RequireRank(inputs, 0, 0, 4);
        RequireRank(inputs, 1, 3);
        Require(inputs[1].Shape[1] == 3 && inputs[1].Shape[2] == 3, $"matrix {inputs[1].Shape} is not [N, 3, 3]");
        return TensorType.Float(inputs[1].Shape[0], 3, Height, Width);
    }

    /// <inheritdoc/>
    public override string Describe() =>
        $"{Height}x{Width} {Sampling.ToString().ToLowerInvariant()} {Border.ToString().ToLowerInvariant()}"
        + (SwapRedBlue ? " bgr" : string.Empty);
}

public sealed partial class GraphBuilder
{
    /// <summary>Crops [N, 3, size, size] from the image by matrices Float64 [N, 3, 3] (output pixel to image position).</summary>
    public Value WarpNormalize(Value image, Value matrix, WarpNormalizeOp op) => Add(op, image, matrix);
}
