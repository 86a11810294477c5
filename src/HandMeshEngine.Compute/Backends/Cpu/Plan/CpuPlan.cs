using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>The steps of a plan in order, and all memory that they use.</summary>
internal sealed class CpuPlan(ConstantStore? constants = null)
{
    private readonly HashSet<CpuBuffer> _buffers = [];

    /// <summary>Each step with the node that it belongs to.</summary>
    public List<(Node Node, Step Step)> Steps { get; private set; } = [];

    /// <summary>Number of steps before some were fused; the lives of buffers are counted in these.</summary>
    public int Length { get; private set; }

    /// <summary>The buffers of the arena, in order of first use.</summary>
    public List<CpuBuffer> Buffers { get; } = [];

    /// <summary>What callers write, by node.</summary>
    public Dictionary<int, CpuBuffer> Inputs { get; } = [];

    /// <summary>What callers read, row-major, by node.</summary>
    public Dictionary<int, View> Results { get; } = [];

    /// <summary>Weights and tables.</summary>
    public ConstantStore Constants { get; } = constants ?? new ConstantStore();

    /// <summary>Appends a step that reads and writes these buffers.</summary>
    public void Add(Node node, Step step, params ReadOnlySpan<CpuBuffer> uses)
    {
        foreach (CpuBuffer buffer in uses)
        {
            Touch(buffer, Steps.Count);
        }

        Steps.Add((node, step));
        Length++;
    }

    /// <summary>Replaces the steps by fewer, fused ones; drops the buffers that moved to scratch memory.</summary>
    public void Replace(List<(Node Node, Step Step)> steps)
    {
        Steps = steps;
        Buffers.RemoveAll(buffer => buffer.IsScratch);
    }

    /// <summary>Notes that a step uses a buffer.</summary>
    public void Touch(CpuBuffer buffer, int step)
    {
        buffer.Touch(step);
        if (buffer.Kind != BufferKind.Constant && _buffers.Add(buffer))
        {
            Buffers.Add(buffer);
        }
    }
}
