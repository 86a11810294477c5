using System.Collections.Concurrent;

namespace HandMeshEngine.Cli.Evaluation;

/// <summary>
/// Works through items on several threads and hands out the answers in the order of the items, with a bounded number under way: the
/// outcome does not depend on the number of threads, and memory stays flat.
/// </summary>
internal static class OrderedRun
{
    /// <summary>Runs.</summary>
    /// <param name="items">Read on the calling thread, as far ahead as <paramref name="workers"/> need.</param>
    /// <param name="workers">One for each thread; each answers one item at a time.</param>
    /// <param name="take">Receives the answers in order, on the calling thread.</param>
    public static void Run<TItem, TAnswer>(IEnumerable<TItem> items, IReadOnlyList<Func<TItem, TAnswer>> workers, Action<TAnswer> take)
    {
        using var waiting = new BlockingCollection<(TItem Item, TaskCompletionSource<TAnswer> Answer)>();
        Thread[] threads = [.. workers.Select(worker => new Thread(() =>
        {
            foreach ((TItem item, TaskCompletionSource<TAnswer> answer) in waiting.GetConsumingEnumerable())
            {
                try
                {
                    answer.SetResult(worker(item));
                }
                catch (Exception error)
                {
                    answer.SetException(error);
                }
            }
        })
        { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        var underWay = new Queue<Task<TAnswer>>();
        try
        {
            foreach (TItem item in items)
            {
                var answer = new TaskCompletionSource<TAnswer>();
                waiting.Add((item, answer));
                underWay.Enqueue(answer.Task);
                if (underWay.Count > 2 * workers.Count)
                {
                    take(underWay.Dequeue().GetAwaiter().GetResult());
                }
            }

            while (underWay.TryDequeue(out Task<TAnswer>? next))
            {
                take(next.GetAwaiter().GetResult());
            }
        }
        finally
        {
            waiting.CompleteAdding();
            Array.ForEach(threads, thread => thread.Join());
        }
    }
}
