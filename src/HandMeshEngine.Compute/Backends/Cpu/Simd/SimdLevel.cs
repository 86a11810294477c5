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
}
