using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>Constants of a convolution by Winograd.</summary>
/// <param name="Shape">The register tile.</param>
/// <param name="Panels">Weights of each matrix.</param>
/// <param name="Bias">[channels].</param>
/// <param name="Slope">[channels], or 0.</param>
/// <param name="Zeros">As many zeros as a panel is wide.</param>
internal sealed record WinogradWeights(TileShape Shape, Panel[][] Panels, nint Bias, nint Slope, nint Zeros);
