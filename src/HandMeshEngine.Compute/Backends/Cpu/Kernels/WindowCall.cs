using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>The arguments of a depth-wise kernel: some rows of one vector of channels. Steps are in floats.</summary>
internal unsafe struct WindowCall
{
    /// <summary>
    /// The first column of the map in the row where the first output's window begins, or would begin; for the kernels of any window, where
    /// the offsets count from.
    /// </summary>
    public float* Input;

    /// <summary>From one input pixel to the next.</summary>
    public nint InputStep;

    /// <summary>From the inputs of one output row to those of the next.</summary>
    public nint InputRowStep;

    /// <summary>Input pixels from one output to the next.</summary>
    public nint Stride;

    /// <summary>Row where the first output's window begins; negative above the map. This and the next are for square windows.</summary>
    public int Top;

    /// <summary>Columns of the first output's window that lie left of the map.</summary>
    public int Left;

    /// <summary>Rows of the map.</summary>
    public int Height;

    /// <summary>Columns of the map.</summary>
    public int Width;

    /// <summary>A vector of zeros, read for columns outside the map.</summary>
    public float* Zeros;

    /// <summary>From one input row of the window to the next.</summary>
    public nint KernelRowStep;

    /// <summary>Offset of each tap, for the kernels of any window.</summary>
    public int* Offsets;

    public int Taps;

    /// <summary>[taps][vector].</summary>
    public float* Weights;

    /// <summary>[vector].</summary>
    public float* Bias;

    /// <summary>Slopes below zero [vector] of leaky and parametric ReLU; null: clamp to Low..High.</summary>
    public float* Slope;

    public float Low;

    public float High;

    /// <summary>Summand of the output's shape; null: none.</summary>
    public float* Residual;

    public nint ResidualStep;

    public nint ResidualRowStep;

    public float* Output;

    public nint OutputStep;

    public nint OutputRowStep;

    /// <summary>Output rows.</summary>
    public int Rows;

    /// <summary>Output columns, at least a block.</summary>
    public int Columns;

    /// <summary>Channels of the vector that count.</summary>
    public int Channels;
}
