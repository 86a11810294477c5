namespace PtxSimulator.Execution;

/// <summary>Runs the blocks of a launch: on several threads, in turn, or (cooperative) all at once in small steps.</summary>
internal static class Grid
{
    /// <summary>Instructions a warp of a cooperative grid may issue before the next one has its turn.</summary>
    private const long CooperativeSlice = 500;

    public static KernelCounters Run(Kernel kernel, KernelLaunch shape, bool cooperative, GlobalMemory memory, SimulatorOptions options)
    {
        if (cooperative)
        {
            return RunTogether(kernel, shape, memory, options);
        }
        long blocks = shape.Grid.Count;
        int threads = kernel.UsesGlobalAtomics || options.ReversedOrder ? 1 : (int)Math.Min(Math.Max(1, options.Threads), blocks);
        var total = new KernelCounters();
        if (threads == 1)
        {
            RunBlocks(kernel, shape, memory, options, new BlockQueue(blocks, options.ReversedOrder), total);
            return total;
        }
        var queue = new BlockQueue(blocks, false);
        var workers = new Task[threads - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Run(() => RunBlocks(kernel, shape, memory, options, queue, total));
        }
        DeviceFaultException? fault = Guarded(() => RunBlocks(kernel, shape, memory, options, queue, total));
        foreach (var worker in workers)
        {
            fault = Guarded(() => worker.GetAwaiter().GetResult()) ?? fault;
        }
        return fault == null ? total : throw fault;
    }

    private static DeviceFaultException? Guarded(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (DeviceFaultException fault)
        {
            return fault;
        }
    }

    private static void RunBlocks(Kernel kernel, KernelLaunch shape, GlobalMemory memory, SimulatorOptions options, BlockQueue queue, KernelCounters total)
    {
        using var block = new Block(kernel, shape, memory, options);
        try
        {
            while (queue.TryTake(out long index))
            {
                block.Start(index);
                block.RunToEnd(options.InstructionLimit);
            }
        }
        catch (DeviceFaultException)
        {
            queue.Stop();
            throw;
        }
        lock (total)
        {
            total.Add(block.Counters);
        }
    }

    /// <summary>All blocks of a cooperative grid are resident, so they may wait for each other.</summary>
    private static KernelCounters RunTogether(Kernel kernel, KernelLaunch shape, GlobalMemory memory, SimulatorOptions options)
    {
        var blocks = new List<Block>();
        var total = new KernelCounters();
        try
        {
            for (long i = 0; i < shape.Grid.Count; i++)
            {
                blocks.Add(new Block(kernel, shape, memory, options));
                blocks[^1].Start(i);
            }
            if (options.ReversedOrder)
            {
                blocks.Reverse();
            }
            while (blocks.Exists(b => !b.Exited))
            {
                foreach (var block in blocks.Where(b => !b.Exited))
                {
                    block.StepBounded(CooperativeSlice, options.InstructionLimit);
                }
            }
            blocks.ForEach(b => total.Add(b.Counters));
            return total;
        }
        finally
        {
            blocks.ForEach(b => b.Dispose());
        }
    }

    /// <summary>Hands out block numbers, rising or falling.</summary>
    private sealed class BlockQueue(long count, bool reversed)
    {
        private long _taken;

        public bool TryTake(out long index)
        {
            long number = Interlocked.Increment(ref _taken) - 1;
            index = reversed ? count - 1 - number : number;
            return number < count;
        }

        public void Stop() => Interlocked.Exchange(ref _taken, count);
    }
}
