using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Warp;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class WarmUpTests
{
    [Fact]
    public void Every_step_computes_its_first_and_its_last_task_on_a_black_pixel()
    {
        var image = new ImageSource();
        RecordingStep[] steps = [new(1, image), new(7, image)];
        CpuPlan plan = PlanOf(steps);

        new WarmUp(plan, new Arena(plan, 1, guarded: false), image).Wait();

        Assert.Equal(["0: 1x1"], steps[0].Computed);
        Assert.Equal(["0: 1x1", "6: 1x1"], steps[1].Computed);
        Assert.True(image.First.Start == 0, "the pixel is forgotten");
    }

    [Fact]
    public void A_mistake_of_a_kernel_reaches_the_caller()
    {
        var image = new ImageSource();
        CpuPlan plan = PlanOf(new RecordingStep(2, image) { Before = task => throw new InvalidOperationException($"task {task}") });
        var warmUp = new WarmUp(plan, new Arena(plan, 1, guarded: false), image);

        Assert.Equal("task 0", Assert.Throws<InvalidOperationException>(warmUp.Wait).Message);
    }

    [Fact]
    public void The_memory_lives_until_the_last_task_though_the_session_is_forgotten()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        (WeakReference arena, RecordingStep step) = BeginAndForget(entered, leave);
        entered.Wait(TestContext.Current.CancellationToken);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(arena.IsAlive);
        Assert.Empty(step.Computed);
        leave.Set();
        Assert.True(SpinWait.SpinUntil(() => step.Computed.Count == 1, TimeSpan.FromMinutes(1)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Arena, RecordingStep Step) BeginAndForget(ManualResetEventSlim entered, ManualResetEventSlim leave)
    {
        var image = new ImageSource();
        var step = new RecordingStep(1, image)
        {
            Before = _ =>
            {
                entered.Set();
                leave.Wait();
            },
        };
        CpuPlan plan = PlanOf(step);
        var arena = new Arena(plan, 1, guarded: false);
        _ = new WarmUp(plan, arena, image);
        return (new WeakReference(arena), step);
    }

    private static CpuPlan PlanOf(params RecordingStep[] steps)
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        g.Output("y", g.Relu(g.Input("x", 1, 1)));
        Node node = g.Build().Nodes[0];
        var plan = new CpuPlan();
        foreach (RecordingStep step in steps)
        {
            plan.Add(node, step);
        }

        return plan;
    }

    private sealed class RecordingStep(int tasks, ImageSource image) : Step
    {
        public List<string> Computed { get; } = [];

        public Action<int>? Before { get; init; }

        public override int Tasks => tasks;

        public override string Describe() => "recording";

        protected override unsafe void Compute(int task, float* scratch)
        {
            Before?.Invoke(task);
            Computed.Add($"{task}: {image.Width}x{image.Height}");
        }
    }
}
