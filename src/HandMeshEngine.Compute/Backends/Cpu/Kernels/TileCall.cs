namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>
/// The arguments of a register tile: y[p] = activation(Bias + sum_k x[p][k] w[k] + Residual[p]). k runs through segments of equal length,
/// each adjacent floats of the input; weights are read in order.
/// </summary>
internal unsafe struct TileCall
{
    /// <summary>Number of tiles; their row offsets follow each other.</summary>
    public int Tiles;

    public float* Input;

    /// <summary>Offset of each pixel's input.</summary>
    public int* InputRows;

    /// <summary>Offset of each segment, added to every pixel's input.</summary>
    public int* Segments;

    public int SegmentCount;

    public nint SegmentLength;

    /// <summary>[k][vectors].</summary>
    public float* Weights;

    /// <summary>
    /// Bytes from the weights to those that a tile prefetches into the second-level cache, two lines at each step of k.
    /// </summary>
    public nint Ahead;

    /// <summary>From the first line to the second.</summary>
    public nint AheadSecond;

    /// <summary>What the next tile adds to <see cref="Ahead"/>.</summary>
    public nint AheadStep;

    /// <summary>[vectors].</summary>
    public float* Bias;

    /// <summary>Slopes below zero [vectors] of leaky and parametric ReLU; null: clamp to Low..High.</summary>
    public float* Slope;

    public float Low;

    public float High;

    /// <summary>Summand of the output's shape; null: none. Whole vectors are read.</summary>
    public float* Residual;

    public int* ResidualRows;

    public float* Output;

    public int* OutputRows;

    /// <summary>
    /// True if the output is in no near cache: it is prefetched at the start of a tile, or each store would wait for its line, about 40
    /// cycles.
    /// </summary>
    public bool OutputIsFar;

    /// <summary>Lanes of the last vector that are stored.</summary>
    public int LastLanes;
}
