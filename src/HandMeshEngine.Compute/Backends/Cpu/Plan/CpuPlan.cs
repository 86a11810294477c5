using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>What <see cref="CpuPlanner"/> makes: steps in order, and all memory that they use.</summary>
internal sealed class CpuPlan
{
    private readonly HashSet<CpuBuffer> _blocks = [];

    /// <summary>The steps with the graph node that each belongs to.</summary>
    public List<(Node Node, Step Step)> Steps { get; private set; } = [];

    /// <summary>Numbers of steps that blocks may refer to: those of the steps before some were chained.</summary>
    public int Length { get; private set; }

    /// <summary>Blocks in the arena, in order of first use.</summary>
    public List<CpuBuffer> Blocks { get; } = [];

    /// <summary>The blocks that callers write, by node.</summary>
    public Dictionary<int, CpuBuffer> Inputs { get; } = [];

    /// <summary>Dense row-major values that callers read, by node.</summary>
    public Dictionary<int, View> Results { get; } = [];

    /// <summary>Weights and tables.</summary>
    public ConstantStore Constants { get; } = new();

    /// <summary>Appends a step that reads and writes these blocks.</summary>
    public void Add(Node node, Step step, params ReadOnlySpan<CpuBuffer> uses)
    {
        foreach (CpuBuffer block in uses)
        {
            Touch(block, Steps.Count);
        }

        Steps.Add((node, step));
        Length++;
    }

    /// <summary>Replaces the steps; blocks keep the numbers of the steps before, and those moved to scratch memory go.</summary>
    public void Replace(List<(Node Node, Step Step)> steps)
    {
        Steps = steps;
        Blocks.RemoveAll(block => block.IsScratch);
    }

    /// <summary>Notes that a step uses a block.</summary>
    public void Touch(CpuBuffer block, int step)
    {
        block.Touch(step);
        if (block.Kind != BufferKind.Constant && _blocks.Add(block))
        {
            Blocks.Add(block);
        }
    }
}
