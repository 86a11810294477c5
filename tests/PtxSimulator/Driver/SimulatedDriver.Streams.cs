namespace PtxSimulator.Driver;

internal sealed unsafe partial class SimulatedDriver
{
    private const uint EventWithoutTiming = 2;
    private const uint ExternalRecord = 1;

    private readonly Random? _random;
    private readonly StreamState _default = new();

    /// <summary>Pretended time of the device in microseconds: grows with launches, instructions and bytes copied, never with the clock.</summary>
    private double DeviceTime { get; set; }

    private StreamState Stream(nint handle) => handle is >= 0 and <= 2 ? _default : Find<StreamState>(handle);

    private bool IsCapturing(nint stream) => Stream(stream).Capture != null;

    private IEnumerable<StreamState> AllStreams => _objects.Values.OfType<StreamState>().Prepend(_default);

    /// <summary>Captures the work, or runs it at once, or queues it, as stream and mode ask.</summary>
    private void Enqueue(nint handle, string name, Action run)
    {
        var stream = Stream(handle);
        var work = new Work(name, run);
        if (stream.Capture is GraphState graph)
        {
            DemandValid(graph);
            graph.Nodes.Add((work, [.. stream.CaptureTail]));
            stream.CaptureTail = [graph.Nodes.Count - 1];
        }
        else
        {
            Submit(stream, work);
        }
    }

    private void Submit(StreamState stream, Work work)
    {
        if (_random == null)
        {
            work.Run();
            return;
        }
        stream.Queue.Enqueue(work);
    }

    private void DrainStream(StreamState stream) => Drain(() => stream.Queue.Count == 0);

    private void DrainAll() => Drain(() => AllStreams.All(s => s.Queue.Count == 0));

    /// <summary>Runs queued work, each time of a random stream whose head may run, until the condition holds.</summary>
    private void Drain(Func<bool> enough)
    {
        while (!enough())
        {
            var ready = AllStreams.Where(s => s.Queue.TryPeek(out var head) && (head.IsReady == null || head.IsReady())).ToList();
            if (ready.Count == 0)
            {
                throw new Execution.DeviceFaultException(CudaResult.LaunchFailed, "streams wait for each other's events for ever");
            }
            var stream = ready[_random!.Next(ready.Count)];
            try
            {
                stream.Queue.Dequeue().Run();
            }
            catch (Execution.DeviceFaultException)
            {
                ClearQueues();
                throw;
            }
        }
    }

    /// <summary>After a fault nothing that was queued happens any more.</summary>
    private void ClearQueues()
    {
        foreach (var stream in AllStreams)
        {
            stream.Queue.Clear();
        }
    }

    private CudaResult StreamCreate(nint* stream, uint flags) => Call("cuStreamCreate", () =>
    {
        *stream = Register(new StreamState());
        return CudaResult.Success;
    });

    private CudaResult StreamDestroy(nint handle) => Call(
        "cuStreamDestroy",
        () =>
        {
            var stream = Find<StreamState>(handle);
            if (stream.Capture != null)
            {
                stream.Capture.IsInvalid = true;
            }
            DrainStream(stream);
            _objects.Remove(handle);
            return CudaResult.Success;
        },
        frees: true);

    private CudaResult StreamSynchronize(nint handle) => Call("cuStreamSynchronize", () =>
    {
        var stream = Stream(handle);
        if (stream.Capture is GraphState graph)
        {
            graph.IsInvalid = true;
            return Refuse(CudaResult.StreamCaptureUnsupported, "a stream that is captured cannot be waited for");
        }
        Counters.Synchronizations++;
        DrainStream(stream);
        return CudaResult.Success;
    });

    private CudaResult StreamWaitEvent(nint handle, nint other, uint flags) => Call("cuStreamWaitEvent", () =>
    {
        var stream = Stream(handle);
        var signal = Find<EventState>(other);
        if (signal.Capture is GraphState graph)
        {
            if (stream.Capture != null && stream.Capture != graph)
            {
                return Refuse(CudaResult.StreamCaptureUnsupported, "the event belongs to another capture than the stream");
            }
            stream.Capture = graph;
            stream.CaptureTail = [.. stream.CaptureTail.Union(signal.CaptureTail)];
            return CudaResult.Success;
        }
        if (stream.Capture is GraphState own)
        {
            own.IsInvalid = true;
            return Refuse(CudaResult.StreamCaptureUnsupported, "a stream that is captured waits for an event recorded outside the capture");
        }
        long recording = signal.Recorded;
        Submit(stream, new Work("wait", () => { }) { IsReady = () => signal.Happened >= recording });
        return CudaResult.Success;
    });

    private CudaResult EventCreate(nint* signal, uint flags) => Call("cuEventCreate", () =>
    {
        *signal = Register(new EventState { HasTiming = (flags & EventWithoutTiming) == 0 });
        return CudaResult.Success;
    });

    private CudaResult EventDestroy(nint signal) => Call(
        "cuEventDestroy",
        () =>
        {
            Find<EventState>(signal);
            _objects.Remove(signal);
            return CudaResult.Success;
        },
        frees: true);

    private CudaResult EventRecordWithFlags(nint handle, nint streamHandle, uint flags) => Call("cuEventRecordWithFlags", () =>
    {
        var signal = Find<EventState>(handle);
        if (flags > ExternalRecord)
        {
            return Refuse(CudaResult.InvalidValue, $"cuEventRecordWithFlags has no flags {flags}");
        }
        if (flags == 0 || Stream(streamHandle).Capture == null)
        {
            return Record(handle, streamHandle);
        }
        signal.Recorded = Math.Max(signal.Recorded, 1);
        Enqueue(streamHandle, "record", () =>
        {
            signal.Happened = signal.Recorded;
            signal.Time = DeviceTime;
            Counters.TimedEvents += signal.HasTiming ? 1 : 0;
            Counters.TimedEventsOfGraphs += signal.HasTiming ? 1 : 0;
        });
        return CudaResult.Success;
    });

    private CudaResult EventRecord(nint handle, nint streamHandle) => Call("cuEventRecord", () => Record(handle, streamHandle));

    private CudaResult Record(nint handle, nint streamHandle)
    {
        var signal = Find<EventState>(handle);
        var stream = Stream(streamHandle);
        if (stream.Capture is GraphState graph)
        {
            DemandValid(graph);
            signal.Capture = graph;
            signal.CaptureTail = stream.CaptureTail;
            return CudaResult.Success;
        }
        signal.Capture = null;
        long recording = ++signal.Recorded;
        Submit(stream, new Work("record", () =>
        {
            signal.Happened = Math.Max(signal.Happened, recording);
            signal.Time = DeviceTime;
            Counters.TimedEvents += signal.HasTiming ? 1 : 0;
        }));
        return CudaResult.Success;
    }

    private CudaResult EventQuery(nint handle) => Call("cuEventQuery", () =>
    {
        var signal = DemandOutsideCapture(handle);
        return signal.Happened >= signal.Recorded ? CudaResult.Success : CudaResult.NotReady;
    });

    private CudaResult EventSynchronize(nint handle) => Call("cuEventSynchronize", () =>
    {
        var signal = DemandOutsideCapture(handle);
        Counters.Synchronizations++;
        long recording = signal.Recorded;
        Drain(() => signal.Happened >= recording);
        return CudaResult.Success;
    });

    private CudaResult EventElapsed(float* milliseconds, nint start, nint end) => Call("cuEventElapsedTime", () =>
    {
        var (first, second) = (DemandOutsideCapture(start), DemandOutsideCapture(end));
        if (!first.HasTiming || !second.HasTiming || first.Recorded == 0 || second.Recorded == 0)
        {
            return Refuse(CudaResult.InvalidHandle, "cuEventElapsedTime of an event that was made without timing or never recorded");
        }
        if (first.Happened < first.Recorded || second.Happened < second.Recorded)
        {
            return CudaResult.NotReady;
        }
        *milliseconds = (float)((second.Time - first.Time) / 1000);
        return CudaResult.Success;
    });

    private EventState DemandOutsideCapture(nint handle)
    {
        var signal = Find<EventState>(handle);
        if (signal.Capture is GraphState graph)
        {
            graph.IsInvalid = true;
            throw new DriverRefusal(CudaResult.StreamCaptureUnsupported, "the host cannot ask for an event recorded in a capture");
        }
        return signal;
    }
}
