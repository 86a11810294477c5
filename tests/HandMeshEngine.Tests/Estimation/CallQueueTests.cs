using HandMeshEngine.Estimation;

namespace HandMeshEngine.Tests.Estimation;

public sealed class CallQueueTests
{
    [Fact]
    public async Task Callers_enter_in_the_order_in_which_they_came()
    {
        var queue = new CallQueue();
        queue.Enter(CancellationToken.None);
        var order = new List<int>();
        var calls = new List<Task>();
        for (int i = 0; i < 20; i++)
        {
            int number = i;
            Task entered = queue.EnterAsync(CancellationToken.None);
            calls.Add(Task.Run(async () =>
            {
                await entered;
                order.Add(number);
                queue.Exit();
            }));
        }

        Assert.Equal(20, queue.Waiting);
        queue.Exit();
        await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public async Task Who_waits_can_be_cancelled_and_the_next_one_enters()
    {
        var queue = new CallQueue();
        queue.Enter(CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        Task cancelled = queue.EnterAsync(cancellation.Token), next = queue.EnterAsync(CancellationToken.None);
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(1, queue.Waiting);
        queue.Exit();
        await next;
        Assert.ThrowsAny<OperationCanceledException>(() => queue.Enter(cancellation.Token));
    }

    [Fact]
    public void A_free_queue_allocates_nothing()
    {
        var queue = new CallQueue();
        queue.Enter(CancellationToken.None);
        queue.Exit();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            queue.Enter(CancellationToken.None);
            queue.Exit();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
