namespace PtxSimulator.Operations;

internal interface IUnary<T>
{
    static abstract Vector512<T> Apply(Vector512<T> a);
}

internal interface IBinary<T>
{
    static abstract Vector512<T> Apply(Vector512<T> a, Vector512<T> b);
}

internal interface ITernary<T>
{
    static abstract Vector512<T> Apply(Vector512<T> a, Vector512<T> b, Vector512<T> c);
}

/// <summary>
/// Handlers that treat 16 (or 8) lanes at a time. <c>T</c> is the type of a lane and decides the size of a row; lanes outside the
/// mask keep their old value. Compiled at full optimisation at once: they are few, and hot from their first call.
/// </summary>
internal static unsafe class Lanes
{
    private static Vector512<uint> Bits16 => Vector512.Create(1u, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    private static Vector512<ulong> Bits8 => Vector512.Create(1ul, 2, 4, 8, 16, 32, 64, 128);

    /// <summary>Stores a vector over lanes whose bits, starting at bit 0 of <paramref name="mask"/>, are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, Vector512<T> value, uint mask, bool all)
        where T : unmanaged
    {
        if (!all)
        {
            value = Vector512.ConditionalSelect(Expand<T>(mask), value, Vector512.Load(destination));
        }
        value.Store(destination);
    }

    /// <summary>All ones in the lanes whose bits are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Expand<T>(uint mask)
        where T : unmanaged =>
        sizeof(T) == 8
            ? Vector512.Equals(Vector512.Create((ulong)mask) & Bits8, Bits8).As<ulong, T>()
            : Vector512.Equals(Vector512.Create(mask) & Bits16, Bits16).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unary<T, TOperation>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged
        where TOperation : struct, IUnary<T>
    {
        T* a = (T*)(warp.Registers + instruction.A), d = (T*)(warp.Registers + instruction.D);
        bool all = mask == Warp.AllLanes;
        for (int lane = 0; lane < 32; lane += Vector512<T>.Count)
        {
            Store(d + lane, TOperation.Apply(Vector512.Load(a + lane)), mask >> lane, all);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Binary<T, TOperation>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged
        where TOperation : struct, IBinary<T>
    {
        byte* registers = warp.Registers;
        T* a = (T*)(registers + instruction.A), b = (T*)(registers + instruction.B), d = (T*)(registers + instruction.D);
        bool all = mask == Warp.AllLanes;
        for (int lane = 0; lane < 32; lane += Vector512<T>.Count)
        {
            Store(d + lane, TOperation.Apply(Vector512.Load(a + lane), Vector512.Load(b + lane)), mask >> lane, all);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Ternary<T, TOperation>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged
        where TOperation : struct, ITernary<T>
    {
        byte* registers = warp.Registers;
        T* a = (T*)(registers + instruction.A), b = (T*)(registers + instruction.B);
        T* c = (T*)(registers + instruction.C), d = (T*)(registers + instruction.D);
        bool all = mask == Warp.AllLanes;
        for (int lane = 0; lane < 32; lane += Vector512<T>.Count)
        {
            Store(d + lane, TOperation.Apply(Vector512.Load(a + lane), Vector512.Load(b + lane), Vector512.Load(c + lane)), mask >> lane, all);
        }
    }

    /// <summary><c>selp</c>: the predicate is at C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Select<T>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged
    {
        byte* registers = warp.Registers;
        T* a = (T*)(registers + instruction.A), b = (T*)(registers + instruction.B), d = (T*)(registers + instruction.D);
        uint predicate = *(uint*)(registers + instruction.C);
        bool all = mask == Warp.AllLanes;
        for (int lane = 0; lane < 32; lane += Vector512<T>.Count)
        {
            var value = Vector512.ConditionalSelect(Expand<T>(predicate >> lane), Vector512.Load(a + lane), Vector512.Load(b + lane));
            Store(d + lane, value, mask >> lane, all);
        }
    }

    /// <summary>
    /// <c>setp</c>: compares, then combines the result and its complement with the predicate at C (offset -1: none) as
    /// <see cref="Instruction.Immediate"/> says. D and E are predicates; E may be absent.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compare<T, TOperation>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged
        where TOperation : struct, IBinary<T>
    {
        byte* registers = warp.Registers;
        T* a = (T*)(registers + instruction.A), b = (T*)(registers + instruction.B);
        uint result = 0;
        for (int lane = 0; lane < 32; lane += Vector512<T>.Count)
        {
            result |= (uint)TOperation.Apply(Vector512.Load(a + lane), Vector512.Load(b + lane)).ExtractMostSignificantBits() << lane;
        }
        Predicates.Set(registers, instruction, result, mask);
    }
}
