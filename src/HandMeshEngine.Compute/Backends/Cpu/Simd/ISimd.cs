namespace HandMeshEngine.Compute.Backends.Cpu.Simd;

/// <summary>
/// One vector width. Kernels are written once; the JIT specialises them for each implementation, so that no call and no boxing is left in the
/// machine code.
/// </summary>
/// <typeparam name="TVector">The vector of floats.</typeparam>
internal unsafe interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>Vector registers: they bound the register tiles.</summary>
    static abstract int Registers { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Broadcast(float value);

    static abstract TVector Load(float* from);

    /// <summary>The first <paramref name="count"/> floats, then zeros; touches no memory beyond them.</summary>
    static abstract TVector LoadPartial(float* from, int count);

    static abstract void Store(TVector value, float* to);

    /// <summary>Stores the first <paramref name="count"/> floats; touches no memory beyond them.</summary>
    static abstract void StorePartial(TVector value, float* to, int count);

    /// <summary>Half a vector's floats, in both halves.</summary>
    static abstract TVector LoadHalfTwice(float* from);

    /// <summary>Half a vector's floats from each of two addresses.</summary>
    static abstract TVector LoadHalves(float* lower, float* upper);

    /// <summary>The lower half of each, the second's above.</summary>
    static abstract TVector JoinHalves(TVector lower, TVector upper);

    /// <summary>Stores each half at its own address.</summary>
    static abstract void StoreHalves(TVector value, float* lower, float* upper);

    /// <summary>Stores the first <paramref name="count"/> floats of each half at its own address; touches no memory beyond them.</summary>
    static abstract void StorePartialHalves(TVector value, float* lower, float* upper, int count);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a b + c, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>a &lt; b ? a : b in each lane, as the processor does it.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>a > b ? a : b in each lane, as the processor does it.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The nearest whole numbers, halves to even.</summary>
    static abstract TVector Round(TVector a);

    /// <summary>a 2^n for whole n from -126 to 127.</summary>
    static abstract TVector Scale(TVector a, TVector n);

    /// <summary>a > b ? then : otherwise in each lane.</summary>
    static abstract TVector SelectGreater(TVector a, TVector b, TVector then, TVector otherwise);

    /// <summary>Prefetches the cache line at an address, which need not be valid, to the second level.</summary>
    static abstract void Prefetch(void* address);

    /// <summary>Prefetches the cache line at an address, which need not be valid, to the first level.</summary>
    static abstract void PrefetchNear(void* address);

    /// <summary>The sum of all lanes, in a fixed order.</summary>
    static abstract float Sum(TVector a);
}
