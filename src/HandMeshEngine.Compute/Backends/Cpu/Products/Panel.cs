namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>The packed weights of a few vectors of output channels.</summary>
/// <param name="Channel">First channel.</param>
/// <param name="Channels">Channels that count; less than the vectors hold at the end.</param>
/// <param name="Vectors">Vectors.</param>
/// <param name="Weights">[depth][vectors].</param>
/// <param name="Bias">[vectors].</param>
/// <param name="Slope">[vectors], or 0.</param>
internal readonly record struct Panel(int Channel, int Channels, int Vectors, nint Weights, nint Bias, nint Slope);
