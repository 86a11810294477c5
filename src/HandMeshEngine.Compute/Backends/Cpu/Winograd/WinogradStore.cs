namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>Where and how <see cref="WinogradKernels{TSimd, TVector}"/> stores one block of one vector of channels.</summary>
internal unsafe struct WinogradStore
{
    /// <summary>[vector].</summary>
    public float* Bias;

    /// <summary>Slopes below zero [vector] of leaky and parametric ReLU; null: clamp to Low..High.</summary>
    public float* Slope;

    public float Low;

    public float High;

    public float* Output;

    public nint OutputStep;

    public nint OutputRowStep;

    /// <summary>Summand of the output's shape; null: none. Whole vectors are read.</summary>
    public float* Residual;

    public nint ResidualStep;

    public nint ResidualRowStep;

    /// <summary>Rows of the block inside the map.</summary>
    public int Rows;

    /// <summary>Columns of the block inside the map.</summary>
    public int Columns;

    /// <summary>Lanes that are stored.</summary>
    public int Lanes;
}
