using System.Globalization;
using System.Text;
using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>What the lowering makes of a graph: launches in order, and all memory that they use.</summary>
internal sealed class CudaPlan
{
    private DeviceBuffer[] _arena = [];
    private readonly List<(DeviceBuffer Buffer, byte[] Content)> _constants = [];

    /// <summary>The launches.</summary>
    public List<LaunchStep> Steps { get; private set; } = [];

    /// <summary>The buffers that the caller fills, by node.</summary>
    public Dictionary<int, DeviceBuffer> Inputs { get; } = [];

    /// <summary>The dense row-major float results that the caller reads, by node.</summary>
    public Dictionary<int, DeviceBuffer> Results { get; } = [];

    /// <summary>Integer inputs that index something: node, first value that is too large, what they index.</summary>
    public List<(int Node, int Limit, string What)> IndexInputs { get; } = [];

    /// <summary>Describes the run's image to kernels.</summary>
    public DeviceBuffer Image { get; } = new(BufferKind.Image, ImageBlock.Bytes);

    /// <summary>Whether a kernel reads the run's image.</summary>
    public bool ReadsImage { get; set; }

    /// <summary>Weights and tables with their places.</summary>
    public IReadOnlyList<(DeviceBuffer Buffer, byte[] Content)> Constants => _constants;

    /// <summary>The values that share the arena, in order of first use.</summary>
    public IReadOnlyList<DeviceBuffer> ArenaBuffers => _arena;

    /// <summary>Bytes of each kind of memory; valid after <see cref="PlaceBuffers"/>.</summary>
    public long ArenaBytes { get; private set; }

    public long ConstantBytes { get; private set; }

    public long InputBytes { get; private set; }

    public long OutputBytes { get; private set; }

    /// <summary>A constant on the device.</summary>
    public DeviceBuffer AddConstant(byte[] content)
    {
        var buffer = new DeviceBuffer(BufferKind.Constant, content.Length);
        _constants.Add((buffer, content));
        return buffer;
    }

    /// <summary>Puts launches that need not wait for each other side by side.</summary>
    public void Merge() => Steps = [.. LaunchOrder.Of(Steps).Select(group => group.Length == 1 ? group[0] : new LaunchStep(group))];

    /// <summary>Gives every buffer its start.</summary>
    public void PlaceBuffers()
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (Pointer pointer in Steps[i].Pointers)
            {
                pointer.Buffer?.Touch(i);
            }
        }

        _arena = [.. Steps.SelectMany(step => step.Pointers).Select(pointer => pointer.Buffer).OfType<DeviceBuffer>()
            .Where(buffer => buffer.Kind == BufferKind.Arena).Distinct()];
        (long[] offsets, ArenaBytes) = ArenaPlanner.Place(
            [.. _arena.Select(buffer => new ArenaBuffer(buffer.Bytes, buffer.FirstStep, buffer.LastStep))]);
        for (int i = 0; i < offsets.Length; i++)
        {
            _arena[i].Start = offsets[i];
        }

        ConstantBytes = Line(_constants.Select(pair => pair.Buffer));
        InputBytes = Line(Inputs.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        OutputBytes = Line(Results.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    /// <summary>The launches stage by stage, and the totals.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        string stage = string.Empty;
        foreach (LaunchStep step in Steps)
        {
            if (step.Node.Stage != stage)
            {
                stage = step.Node.Stage;
                text.Append("stage ").Append(stage).Append('\n');
            }

            text.Append("  ").Append(step).Append('\n');
        }

        return text.Append(
            CultureInfo.InvariantCulture,
            $"launches {Steps.Count}, kernels {Steps.DistinctBy(step => step.Entry).Count()}, arena {ArenaBytes} bytes, constants {ConstantBytes} bytes, in {InputBytes} bytes, out {OutputBytes} bytes\n").ToString();
    }

    private static long Line(IEnumerable<DeviceBuffer> buffers)
    {
        long at = 0;
        foreach (DeviceBuffer buffer in buffers)
        {
            buffer.Start = at;
            at += (buffer.Bytes + ArenaPlanner.Alignment - 1) / ArenaPlanner.Alignment * ArenaPlanner.Alignment;
        }

        return at;
    }
}
