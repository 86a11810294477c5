namespace PtxSimulator.Memory;

/// <summary>
/// The asynchronous copies of one warp that it has not waited for. The bytes are moved at once, because touching the destination
/// before the wait is an error anyway; what is kept here is which bytes those are.
/// </summary>
internal sealed unsafe class AsyncCopies
{
    private readonly Queue<Copy> _pending = new();
    private readonly Stack<Copy> _free = new();
    private int _group;

    public bool AnyPending => _pending.Count > 0;

    public void Reset()
    {
        while (_pending.TryDequeue(out var copy))
        {
            _free.Push(copy);
        }
        _group = 0;
    }

    /// <summary>Notes one instruction: the lanes of a mask copy to 32 offsets, of which the others' count for nothing.</summary>
    public void Add(ulong* offsets, uint mask, int bytes)
    {
        var copy = _free.TryPop(out var used) ? used : new Copy();
        (copy.Group, copy.Mask, copy.Bytes) = (_group, mask, bytes);
        new ReadOnlySpan<ulong>(offsets, 32).CopyTo(copy.Offsets);
        _pending.Enqueue(copy);
    }

    public void Commit(Warp warp, uint mask)
    {
        DemandWholeWarp(warp, mask);
        _group++;
    }

    /// <summary>Waits until at most <paramref name="groups"/> committed groups are in flight; with -1, for every copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Wait(Warp warp, uint mask, int groups)
    {
        DemandWholeWarp(warp, mask);
        int landed = groups < 0 ? int.MaxValue : _group - groups;
        while (_pending.TryPeek(out var copy) && copy.Group < landed)
        {
            fixed (ulong* offsets = copy.Offsets)
            {
                warp.Block.Shared.LandCopies(offsets, copy.Mask, copy.Bytes, warp);
            }
            _free.Push(_pending.Dequeue());
        }
    }

    private static void DemandWholeWarp(Warp warp, uint mask)
    {
        if (mask != warp.Live)
        {
            throw new AccessException(CudaResult.LaunchFailed, 0, $"asynchronous copies are committed or waited for by lanes 0x{mask:x8} only, of the live lanes 0x{warp.Live:x8}");
        }
    }

    private sealed class Copy
    {
        public readonly ulong[] Offsets = new ulong[32];
        public int Group;
        public uint Mask;
        public int Bytes;
    }
}
