using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>The parts of a Winograd convolution that are steps of their own where there are few blocks and heavy weights.</summary>
internal enum WinogradPart
{
    /// <summary>Fills V, cut in vectors of channels.</summary>
    Input,

    /// <summary>Fills M, cut in matrices and panels, so that each weight is read by one thread.</summary>
    Product,

    /// <summary>Makes the outputs, cut in vectors of channels.</summary>
    Output,
}
