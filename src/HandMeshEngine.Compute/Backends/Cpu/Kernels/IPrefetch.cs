using System.Runtime.CompilerServices;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>Whether a register tile asks for the weights of a later one: a constant of the machine code.</summary>
internal interface IPrefetch
{
    static abstract bool IsOn { get; }
}

/// <summary>Asks for one line a step; costs 2 to 5 % where it is not needed.</summary>
internal readonly struct Prefetching : IPrefetch
{
    public static bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }
}

/// <summary>Asks for nothing.</summary>
internal readonly struct NotPrefetching : IPrefetch
{
    public static bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }
}
