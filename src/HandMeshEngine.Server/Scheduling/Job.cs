using System.Diagnostics;

namespace HandMeshEngine.Server.Scheduling;

/// <summary>One image on its way through a lane.</summary>
internal sealed class Job(Picture picture, Tracking? tracking)
{
    private readonly TaskCompletionSource<PictureAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _arrived = Stopwatch.GetTimestamp();

    /// <summary>Place in the order of arrival, given by the queue.</summary>
    public long Arrival { get; set; }

    /// <summary>Where it waits, given by the queue.</summary>
    public LinkedListNode<Job>? Place { get; set; }

    /// <summary>The hands, or why there are none.</summary>
    public Task<PictureAnswer> Answer => _answer.Task;

    /// <summary>Runs on the lane's thread.</summary>
    public void Run(Lane lane)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            PictureAnswer answer = lane.Predict(picture, tracking);
            _answer.SetResult(answer with { Waited = Stopwatch.GetElapsedTime(_arrived, start), Ran = Stopwatch.GetElapsedTime(start) });
        }
        catch (Exception exception)
        {
            _answer.SetException(exception);
        }
    }

    /// <summary>Ends a job that was taken out of the queue.</summary>
    public void Refuse(Refusal refusal) => _answer.TrySetException(refusal);
}
