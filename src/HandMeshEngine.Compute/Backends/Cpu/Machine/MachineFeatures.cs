using System.Runtime.Intrinsics.X86;

namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>What this processor can do beyond what the runtime knows of.</summary>
internal static class MachineFeatures
{
    /// <summary>Why no machine code for bf16 can be made here; null if it can.</summary>
    public static string? WhyNoBFloat16 { get; } =
        RuntimeInformation.ProcessArchitecture != Architecture.X64 ? "this processor is no x86-64"
        : !OperatingSystem.IsLinux() && !OperatingSystem.IsWindows() ? "machine code is made on Linux and Windows only"
        : !Avx512F.IsSupported || !Avx512BW.VL.IsSupported ? "this processor, or this program, has no AVX-512"
        : !HasBFloat16() ? "this processor has no AVX512_BF16"
        : null;

    private static bool HasBFloat16()
    {
        const int bf16 = 1 << 5;
        return X86Base.CpuId(0, 0).Eax >= 7 && X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & bf16) != 0;
    }
}
