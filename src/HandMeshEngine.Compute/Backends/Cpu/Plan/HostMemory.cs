namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Memory of the CPU's plans: pinned, so that kernels may keep addresses.</summary>
internal static class HostMemory
{
    [ThreadStatic]
    private static Func<long, bool>? _refuses;

    /// <summary>For tests: asked on this thread before each allocation whether it is to fail.</summary>
    public static Func<long, bool>? Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>Takes memory.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much; the message says how much.</exception>
    public static byte[] Allocate(long bytes, bool cleared)
    {
        try
        {
            return _refuses?.Invoke(bytes) == true || bytes > Array.MaxLength ? throw new OutOfMemoryException()
                : cleared ? GC.AllocateArray<byte>((int)bytes, pinned: true)
                : GC.AllocateUninitializedArray<byte>((int)bytes, pinned: true);
        }
        catch (OutOfMemoryException exception)
        {
            throw new OutOfMemoryException($"a plan needs {bytes} bytes of memory, which are not to be had", exception);
        }
    }
}
