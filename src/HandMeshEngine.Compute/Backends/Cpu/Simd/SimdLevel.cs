using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HandMeshEngine.Compute.Backends.Cpu.Simd;

/// <summary>The vector width that a plan is made for.</summary>
internal enum SimdLevel
{
    /// <summary>4 floats: every processor.</summary>
    Vector128,

    /// <summary>8 floats with fused multiply-add: AVX2.</summary>
    Vector256,

    /// <summary>16 floats: AVX-512.</summary>
    Vector512,
}

/// <summary>What this processor can do, as far as the runtime may use it.</summary>
internal static class SimdLevels
{
    /// <summary>The widest level here. <c>DOTNET_EnableAVX512=0</c> and <c>DOTNET_EnableAVX2=0</c> lower it.</summary>
    public static SimdLevel Best { get; } =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? SimdLevel.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? SimdLevel.Vector256
        : SimdLevel.Vector128;

    /// <summary>
    /// What to do if a program was compiled ahead of time for narrower vectors than this processor has: nothing else tells, but it is 5 to 7
    /// times slower. Null if all is well.
    /// </summary>
    public static string? Unused { get; } =
        Best == SimdLevel.Vector128 && !RuntimeFeature.IsDynamicCodeCompiled && ProcessorHasAvx2()
            ? "This program was compiled ahead of time without AVX2, which this processor has: the CPU runs 5 to 7 times slower than it could. Set IlcInstructionSet to x86-64-v3, x86-64-v4 or native in its project."
            : null;

    // What the processor says itself: in such a program the runtime's own answer is that of the compiler.
    private static bool ProcessorHasAvx2()
    {
        const int avx2 = 1 << 5;
        return X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 0).Ebx & avx2) != 0;
    }
}
