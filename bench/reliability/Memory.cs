using System.Diagnostics;

namespace HandMeshEngine.Bench.Reliability;

internal static class Memory
{
    /// <summary>Resident memory of this process.</summary>
    public static double ResidentMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }
}
