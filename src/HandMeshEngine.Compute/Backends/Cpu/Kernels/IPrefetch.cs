namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>Whether register tiles prefetch weights; a constant when they are compiled.</summary>
internal interface IPrefetch
{
    static abstract bool IsOn { get; }
}

/// <summary>Prefetches; costs 2 to 5 % where it is not needed.</summary>
internal readonly struct Prefetching : IPrefetch
{
    public static bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }
}

/// <summary>Does not prefetch.</summary>
internal readonly struct NotPrefetching : IPrefetch
{
    public static bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }
}
