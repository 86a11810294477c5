using System.Runtime.CompilerServices;
using HandMeshEngine.Cuda;
using PtxSimulator.Execution;

namespace PtxSimulator.Memory;

/// <summary>
/// The asynchronous copies of one warp that it has not waited for. The bytes are moved at once, because touching the destination
/// before the wait is an error anyway; what is kept here is which bytes those are.
/// </summary>
internal sealed class AsyncCopies
{
    private readonly Queue<(int Group, ulong Offset, int Bytes, int FirstLane, int Lanes)> _pending = new();
    private int _group;

    public bool AnyPending => _pending.Count > 0;

    public void Reset()
    {
        _pending.Clear();
        _group = 0;
    }

    /// <summary>Neighbouring lanes copy to neighbouring places.</summary>
    public void Add(ulong offset, int bytesPerLane, int firstLane, int lanes) => _pending.Enqueue((_group, offset, bytesPerLane, firstLane, lanes));

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
            _pending.Dequeue();
            warp.Block.Shared.LandCopy(copy.Offset, copy.Bytes, copy.FirstLane, copy.Lanes, warp);
        }
    }

    private static void DemandWholeWarp(Warp warp, uint mask)
    {
        if (mask != warp.Live)
        {
            throw new AccessException(CudaResult.LaunchFailed, 0, $"asynchronous copies are committed or waited for by lanes 0x{mask:x8} only, of the live lanes 0x{warp.Live:x8}");
        }
    }
}
