namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>
/// A matrix product inside a step: for some pixels, sums over runs of their inputs, by panels of output channels. A
/// convolution is one product, a grouped one has one for each group, a transposed one for each phase of its stride.
/// </summary>
/// <param name="Pixels">Output pixels.</param>
/// <param name="InputRows">Offset of the input of each pixel; padded to whole tiles by repeating the last.</param>
/// <param name="OutputRows">Offset of the output of each pixel, padded likewise.</param>
/// <param name="ResidualRows">Offset of the residual of each pixel, padded likewise.</param>
/// <param name="Segments">Offset of each run.</param>
/// <param name="SegmentCount">Number of runs.</param>
/// <param name="SegmentLength">Floats of a run.</param>
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
