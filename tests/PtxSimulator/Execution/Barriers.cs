namespace PtxSimulator.Execution;

/// <summary>Block-wide barriers: <c>bar.sync id[, count]</c> and <c>bar.red</c>.</summary>
internal static unsafe class Barriers
{
    /// <summary>Lets go the warps of every barrier that is complete. False where no warp waits at one: the block has ended.</summary>
    /// <exception cref="DeviceFaultException">Warps wait at barriers that the rest of the block will never reach.</exception>
    public static bool Release(Warp[] warps, Block block)
    {
        if (IsPlain(warps))
        {
            LetGo(warps, block);
            return true;
        }
        int waiting = 0, released = 0;
        for (int id = 0; id < 16; id++)
        {
            var group = Array.FindAll(warps, w => w.State == WarpState.AtBarrier && Id(w) == id);
            waiting += group.Length;
            if (group.Length == 0)
            {
                continue;
            }
            int arrived = group.Sum(w => BitOperations.PopCount(w.Live));
            int live = warps.Sum(w => w.State == WarpState.Exited ? 0 : BitOperations.PopCount(w.Live));
            int wanted = group[0].Barrier!.C < 0 ? live : (int)*(uint*)(group[0].Registers + group[0].Barrier!.C);
            if (arrived < wanted)
            {
                continue;
            }
            released += group.Length;
            Reduce(group);
            LetGo(group, block);
        }
        if (waiting > 0 && released == 0)
        {
            var stuck = Array.FindAll(warps, w => w.State == WarpState.AtBarrier);
            throw new DeviceFaultException(
                CudaResult.LaunchFailed,
                $"barrier reached by part of the block: warps {string.Join(", ", stuck.Select(w => w.Index))} wait, the others never come\n"
                + $"  in {stuck[0].Kernel.Name}, block {block.Position}\n  at {stuck[0].Kernel.Locate(stuck[0].Barrier!.Statement)}");
        }
        return waiting > 0;
    }

    /// <summary>The common case: every warp stands at one and the same <c>bar.sync</c> for the whole block.</summary>
    private static bool IsPlain(Warp[] warps)
    {
        var barrier = warps[0].Barrier;
        foreach (var warp in warps)
        {
            if (warp.State != WarpState.AtBarrier || warp.Barrier != barrier)
            {
                return false;
            }
        }
        return barrier!.C < 0 && barrier.Rows.Length == 0;
    }

    private static void LetGo(Warp[] warps, Block block)
    {
        uint stamp = block.Shared.PassBarrier();
        foreach (var warp in warps)
        {
            warp.State = WarpState.Ready;
            warp.Stamp = stamp;
        }
    }

    private static int Id(Warp warp) => (int)*(uint*)(warp.Registers + warp.Barrier!.A) & 15;

    /// <summary>Gives every lane the result of a <c>bar.red</c>: a count, or all, or any, over the predicates of the block.</summary>
    private static void Reduce(Warp[] group)
    {
        if (group[0].Barrier!.Rows is not [int mode, ..])
        {
            return;
        }
        int set = 0, lanes = 0;
        foreach (var warp in group)
        {
            var barrier = warp.Barrier!;
            uint predicate = *(uint*)(warp.Registers + barrier.B);
            set += BitOperations.PopCount((barrier.SignExtends ? ~predicate : predicate) & warp.Live);
            lanes += BitOperations.PopCount(warp.Live);
        }
        foreach (var warp in group)
        {
            byte* destination = warp.Registers + warp.Barrier!.D;
            if (mode == PopulationCount)
            {
                new Span<uint>(destination, 32).Fill((uint)set);
            }
            else
            {
                *(uint*)destination = (mode == All ? set == lanes : set > 0) ? Warp.AllLanes : 0;
            }
        }
    }

    public const int PopulationCount = 0;
    public const int All = 1;
    public const int Any = 2;
}
