namespace PtxSimulator.Execution;

/// <summary>A fault inside one instruction; the warp adds kernel, line, block and warp.</summary>
internal sealed class AccessException(CudaResult code, int lane, string message) : Exception(message)
{
    public CudaResult Code { get; } = code;

    public int Lane { get; } = lane;
}
