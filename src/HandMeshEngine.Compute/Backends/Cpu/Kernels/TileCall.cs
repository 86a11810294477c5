namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>
/// What a register tile reads and writes. y[p] = activation(Bias + sum_k x[p][k] w[k] + Residual[p]); k runs through segments of
/// equal length, each a run of adjacent floats of the input, while the weights are read straight through.
/// </summary>
internal unsafe struct TileCall
{
    public float* Input;

    /// <summary>Offset of each pixel's input.</summary>
    public int* InputRows;

    /// <summary>Offset of each segment, added to every pixel's input.</summary>
    public int* Segments;

    public int SegmentCount;

    public nint SegmentLength;

    /// <summary>[k][vectors].</summary>
    public float* Weights;

    /// <summary>[vectors].</summary>
    public float* Bias;

    /// <summary>Slopes below zero [vectors] of leaky and parametric ReLU; null: clamp to Low..High.</summary>
    public float* Slope;

    public float Low;

    public float High;

    /// <summary>Summand of the output's shape; null: none.</summary>
    public float* Residual;

    public int* ResidualRows;

    public float* Output;

    public int* OutputRows;
}
