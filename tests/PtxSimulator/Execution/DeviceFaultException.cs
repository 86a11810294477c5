namespace PtxSimulator.Execution;

/// <summary>A kernel did what it must not: the code a real driver would return, and what exactly happened where.</summary>
internal sealed class DeviceFaultException(CudaResult code, string message) : Exception(message)
{
    public CudaResult Code { get; } = code;
}
