namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>
/// One matrix product of a step: sums over segments of the input of each pixel, by panels of output channels. A convolution is one product, a
/// grouped one a product for each group, a transposed one a product for each phase of its stride.
/// </summary>
/// <param name="Pixels">Output pixels.</param>
/// <param name="InputRows">Offset of the input of each pixel; padded to whole tiles by repeating the last.</param>
/// <param name="OutputRows">Offset of the output of each pixel, padded likewise.</param>
/// <param name="ResidualRows">Offset of the residual of each pixel, padded likewise.</param>
/// <param name="Segments">Offset of each segment.</param>
/// <param name="SegmentCount">Number of segments.</param>
/// <param name="SegmentLength">Floats of a segment.</param>
/// <param name="Panels">The output channels.</param>
internal sealed unsafe record Product(
    int Pixels,
    nint InputRows,
    nint OutputRows,
    nint ResidualRows,
    nint Segments,
    int SegmentCount,
    int SegmentLength,
    Panel[] Panels)
{
    /// <summary>Length of each sum.</summary>
    public int Depth => SegmentCount * SegmentLength;
}
