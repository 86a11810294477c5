using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>All memory of a session, allocated once.</summary>
internal sealed class PlanMemory : IDisposable
{
    private readonly CudaContext _context;
    private readonly LoadedPlan _loaded;
    private readonly List<IDisposable> _owned = [];
    private readonly Dictionary<PlanBuffer, ulong> _separate = [];

    /// <summary>Allocates what is not shared.</summary>
    public PlanMemory(CudaContext context, CudaStream stream, LoadedPlan loaded, bool separate = false)
    {
        (_context, _loaded) = (context, loaded);
        CudaPlan plan = loaded.Plan;
        Constants = loaded.Constants;
        try
        {
            Arena = Device(separate ? 0 : plan.ArenaBytes);
            foreach (PlanBuffer buffer in separate ? plan.ArenaBuffers : [])
            {
                _separate.Add(buffer, Device(buffer.Bytes)!.Address);
            }

            Counters = Device(plan.CounterBytes);
            Inputs = Device(plan.InputBytes);
            Outputs = Device(plan.OutputBytes);
            StagedInputs = Pinned(plan.InputBytes);
            StagedOutputs = Pinned(plan.OutputBytes);
            if (plan.Images > 0)
            {
                Image = Pinned((long)ImageBlock.Bytes * plan.Images);
                if (Image!.DeviceAddress == 0)
                {
                    throw new CudaException(CudaErrorKind.Absent, $"{context.Device} cannot read page-locked host memory, where images are handed over.");
                }
            }

            if (Counters is not null)
            {
                stream.Fill(Counters, 0, Counters.Bytes, 0);
            }

            if (Outputs is not null)
            {
                stream.Fill(Outputs, 0, Outputs.Bytes, 0); // gaps between results are copied with them
            }

            stream.Synchronize(); // runs may go to another stream
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DeviceMemory? Arena { get; }

    /// <summary>Shared by the sessions of the plan.</summary>
    public DeviceMemory? Constants { get; }

    public DeviceMemory? Counters { get; }

    public DeviceMemory? Inputs { get; }

    public DeviceMemory? Outputs { get; }

    public PinnedMemory? StagedInputs { get; }

    public PinnedMemory? StagedOutputs { get; }

    /// <summary>The descriptions of the run's images, one for each item of a batch; null if the plan reads none.</summary>
    public PinnedMemory? Image { get; }

    /// <summary>Bytes on the device.</summary>
    public long DeviceBytes => (Arena?.Bytes ?? 0) + (Constants?.Bytes ?? 0) + (Counters?.Bytes ?? 0) + (Inputs?.Bytes ?? 0) + (Outputs?.Bytes ?? 0);

    /// <summary>The address of a parameter.</summary>
    public ulong AddressOf(Pointer pointer)
    {
        if (pointer.Buffer is not { } buffer)
        {
            return 0;
        }

        if (buffer.Kind == BufferKind.Constant)
        {
            return _loaded.AddressOf(buffer) + (ulong)pointer.Offset;
        }

        return _separate.TryGetValue(buffer, out ulong own) ? own + (ulong)pointer.Offset : StartOf(buffer.Kind) + (ulong)(buffer.Start + pointer.Offset);
    }

    private ulong StartOf(BufferKind kind) => kind switch
    {
        BufferKind.Arena => Arena!.Address,
        BufferKind.Counter => Counters!.Address,
        BufferKind.Input => Inputs!.Address,
        BufferKind.Output => Outputs!.Address,
        _ => Image!.DeviceAddress,
    };

    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }

        _owned.Clear();
    }

    private DeviceMemory? Device(long bytes) => bytes == 0 ? null : Own(new DeviceMemory(_context, bytes));

    private PinnedMemory? Pinned(long bytes) => bytes == 0 ? null : Own(new PinnedMemory(_context, bytes));

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
