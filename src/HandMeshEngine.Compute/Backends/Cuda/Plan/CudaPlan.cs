using System.Globalization;
using System.Text;
using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>What the lowering makes of a graph: launches in order, and all memory that they use.</summary>
internal sealed class CudaPlan
{
    private PlanBuffer[] _arena = [];
    private readonly List<(PlanBuffer Buffer, byte[] Content)> _constants = [];
    private readonly List<PlanBuffer> _counters = [];

    /// <summary>The launches.</summary>
    public List<LaunchStep> Steps { get; private set; } = [];

    /// <summary>The streams of the launches; valid after <see cref="PlaceBuffers"/>.</summary>
    public LaunchLanes Lanes { get; private set; } = new([]);

    /// <summary>The buffers that the caller fills, by node.</summary>
    public Dictionary<int, PlanBuffer> Inputs { get; } = [];

    /// <summary>The dense row-major float results that the caller reads, by node.</summary>
    public Dictionary<int, PlanBuffer> Results { get; } = [];

    /// <summary>Checks of inputs that index something, before each run.</summary>
    public List<IndexCheck> IndexChecks { get; } = [];

    /// <summary>Describes the images of the run to kernels, one behind the other.</summary>
    public PlanBuffer Image { get; } = new(BufferKind.Image, ImageBlock.Bytes);

    /// <summary>How many items of a batch are cut from images of the run: each may have an image of its own. Zero if no kernel reads one.</summary>
    public int Images { get; set; }

    /// <summary>Weights and tables, and where they lie.</summary>
    public IReadOnlyList<(PlanBuffer Buffer, byte[] Content)> Constants => _constants;

    /// <summary>The values that share the arena, in order of first use.</summary>
    public IReadOnlyList<PlanBuffer> ArenaBuffers => _arena;

    /// <summary>Bytes of each kind of memory; valid after <see cref="PlaceBuffers"/>.</summary>
    public long ArenaBytes { get; private set; }

    public long ConstantBytes { get; private set; }

    public long CounterBytes { get; private set; }

    public long InputBytes { get; private set; }

    public long OutputBytes { get; private set; }

    /// <summary>A constant on the device.</summary>
    public PlanBuffer AddConstant(byte[] content)
    {
        var buffer = new PlanBuffer(BufferKind.Constant, content.Length);
        _constants.Add((buffer, content));
        return buffer;
    }

    /// <summary>Lets go of the constants' content once it is on the device.</summary>
    public void ForgetConstants() => _constants.Clear();

    /// <summary>Numbers that the blocks of one launch count with.</summary>
    public PlanBuffer AddCounters(int count)
    {
        var buffer = new PlanBuffer(BufferKind.Counter, (long)count * sizeof(uint));
        _counters.Add(buffer);
        return buffer;
    }

    /// <summary>Puts launches that need not wait for each other side by side.</summary>
    public void Merge() => Steps = [.. LaunchOrder.Of(Steps).Select(group => group.Length == 1 ? group[0] : new LaunchStep(group))];

    /// <summary>Lets small launches in a row be stages of one.</summary>
    public void Walk() => Steps = [.. Walks.Of(Steps).Select(run => run.Length == 1 ? run[0] : LaunchStep.Walk(run, AddCounters(2)))];

    /// <summary>Gives every buffer its start.</summary>
    public void PlaceBuffers()
    {
        Lanes = new LaunchLanes(Steps);
        var users = new Dictionary<PlanBuffer, List<int>>();
        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (Pointer pointer in Steps[i].Pointers.Where(pointer => pointer.Buffer?.Kind == BufferKind.Arena))
            {
                if (!users.TryGetValue(pointer.Buffer!, out List<int>? own))
                {
                    users.Add(pointer.Buffer!, own = []);
                }

                own.Add(i);
            }
        }

        _arena = [.. users.Keys];
        bool IsOver(int first, int second) => users[_arena[second]].TrueForAll(
            user => users[_arena[first]].TrueForAll(before => Lanes.Precedes(before, user)));
        (long[] offsets, ArenaBytes) = ArenaPlanner.Place(
            [.. _arena.Select(buffer => buffer.Bytes)], (a, b) => !IsOver(a, b) && !IsOver(b, a));
        for (int i = 0; i < offsets.Length; i++)
        {
            _arena[i].Start = offsets[i];
        }

        ConstantBytes = Line(_constants.Select(pair => pair.Buffer));
        CounterBytes = Line(_counters);
        InputBytes = Line(Inputs.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        OutputBytes = Line(Results.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    /// <summary>The launches stage by stage, and the totals.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        string stage = string.Empty;
        for (int i = 0; i < Steps.Count; i++)
        {
            LaunchStep step = Steps[i];
            if (step.Node.Stage != stage)
            {
                stage = step.Node.Stage;
                text.Append("stage ").Append(stage).Append('\n');
            }

            text.Append(Lanes.IsSide(i) ? "  beside " : "  ").Append(step);
            foreach (int before in Lanes.Waits(i).Where(before => before != LaunchLanes.Start))
            {
                text.Append(" after %").Append(Steps[before].Node.Id);
            }

            text.Append('\n');
        }

        return text.Append(
            CultureInfo.InvariantCulture,
            $"launches {Steps.Count}, kernels {Steps.DistinctBy(step => step.Entry).Count()}, arena {ArenaBytes} bytes, constants {ConstantBytes} bytes, in {InputBytes} bytes, out {OutputBytes} bytes\n").ToString();
    }

    private static long Line(IEnumerable<PlanBuffer> buffers)
    {
        long at = 0;
        foreach (PlanBuffer buffer in buffers)
        {
            buffer.Start = at;
            at += (buffer.Bytes + ArenaPlanner.Alignment - 1) / ArenaPlanner.Alignment * ArenaPlanner.Alignment;
        }

        return at;
    }
}
