namespace HandMeshEngine.Compute.Backends.Cpu.Depthwise;

/// <summary>Packed constants of a depth-wise convolution.</summary>
/// <param name="Weights">[channel vectors][taps][vector].</param>
/// <param name="Bias">[channels].</param>
/// <param name="Slope">[channels], or 0.</param>
/// <param name="Zeros">[vector].</param>
internal readonly record struct DepthwiseOperands(nint Weights, nint Bias, nint Slope, nint Zeros);
