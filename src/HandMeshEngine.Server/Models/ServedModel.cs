using System.Diagnostics;
using HandMeshEngine.Cuda;
using HandMeshEngine.Server.Scheduling;
using HandMeshEngine.Server.Telemetry;

namespace HandMeshEngine.Server.Models;

/// <summary>A system with its weights behind a queue: as many lanes as estimators.</summary>
internal sealed class ServedModel : IDisposable
{
    // Of the mean of the last predictions, from which the hint when to come again follows.
    private const double Smoothing = 0.05;
    private const int WarmUpSide = 64;

    private readonly ServerLimits _limits;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _clock;
    private EstimatorPool? _pool;
    private bool _ownsPool;
    private LaneQueue? _queue;
    private Lane[] _lanes = [];
    private SequenceTable? _sequences;
    private double _meanSeconds = 0.02;
    private int _followed;
    private volatile ModelState _state = ModelState.Loading;

    public ServedModel(string name, HandSystem system, ServerLimits limits, ServerMetrics metrics, TimeProvider clock)
    {
        (Name, System, _limits, _metrics, _clock) = (name, system, limits, metrics, clock);
    }

    /// <summary>By which clients ask for it.</summary>
    public string Name { get; }

    public HandSystem System { get; }

    public ModelState State => _state;

    /// <summary>Why it is unavailable.</summary>
    public string StateReason { get; private set; } = string.Empty;

    /// <summary>The device was lost: only a new process helps.</summary>
    public bool HasFaulted { get; private set; }

    public bool HasStandInWeights => _pool?.Estimators[0].HasStandInWeights ?? false;

    public string Device => _pool?.Estimators[0].Device ?? "none";

    /// <summary>Predictions that run at once.</summary>
    public int Lanes => _lanes.Length;

    /// <summary>Images that wait.</summary>
    public int Waiting => _queue?.Waiting ?? 0;

    /// <summary>Videos that are followed.</summary>
    public int Sequences => _sequences?.Count ?? 0;

    /// <summary>Takes the estimators, warms each of them up and answers from then on.</summary>
    public void Start(EstimatorPool pool, bool ownsPool)
    {
        (_pool, _ownsPool) = (pool, ownsPool);
        foreach (HandEstimator estimator in pool.Estimators)
        {
            WarmUp(estimator);
        }

        var queue = new LaneQueue(pool.Count, _limits.Queue);
        _queue = queue;
        _lanes = [.. pool.Estimators.Select((estimator, index) => new Lane(estimator, queue, index, _limits, Served, Failed))];
        _sequences = new SequenceTable(_limits.Sequences, _limits.SequenceIdle, number => _lanes[number % _lanes.Length].Follow(), _clock);
        _state = ModelState.Ready;
    }

    /// <summary>Says why it cannot be asked.</summary>
    public void GiveUp(string reason)
    {
        StateReason = reason;
        _state = ModelState.Unavailable;
    }

    /// <summary>The tracker of a sequence.</summary>
    /// <exception cref="Refusal">It has not begun, there are too many, or the model is not ready.</exception>
    public Tracking EnterSequence(string id, bool isStart)
    {
        RequireReady();
        return _sequences!.Enter(id, isStart);
    }

    /// <summary>A tracker for a live page, which bounds its number itself.</summary>
    /// <exception cref="Refusal">The model is not ready.</exception>
    public Tracking Follow()
    {
        RequireReady();
        return _lanes[(int)((uint)Interlocked.Increment(ref _followed) % (uint)_lanes.Length)].Follow();
    }

    /// <summary>Forgets a sequence.</summary>
    public void LeaveSequence(string id) => _sequences?.Leave(id);

    /// <summary>Lets the images of one request wait for their turn and predicts them.</summary>
    /// <param name="pictures">Their memory must stay as it is until the task has ended, however it ends.</param>
    /// <param name="tracking">The video whose frames they are, or null.</param>
    /// <param name="deadline">How long they may wait.</param>
    /// <param name="cancellation">The sender has gone.</param>
    /// <exception cref="Refusal">The queue is full, the deadline passed, or an image cannot be predicted.</exception>
    public async Task<PictureAnswer[]> PredictAsync(Picture[] pictures, Tracking? tracking, TimeSpan deadline, CancellationToken cancellation)
    {
        RequireReady();
        Job[] jobs = [.. pictures.Select(picture => new Job(picture, tracking))];
        if (!TryAdd(jobs, tracking))
        {
            _metrics.Refused(Name, Reason.Busy);
            throw new Refusal(Reason.Busy, $"{Waiting} images wait for {Name}, which is the limit of {_queue!.Capacity}; try again later") { RetryAfter = TimeToEmpty() };
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(deadline);
        using (patience.Token.Register(() => Remove(jobs, deadline, cancellation)))
        {
            // All of them, also after a failure: their memory is in use until then.
            await Task.WhenAll(jobs.Select(job => job.Answer)).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }

        return Answers(jobs);
    }

    /// <summary>Runs what waits, then releases the estimators.</summary>
    public void Dispose()
    {
        _state = ModelState.Unavailable;
        StateReason = "the server is shutting down";
        _queue?.Close();
        bool ended = _lanes.All(lane => lane.Join(_limits.Drain));
        if (_ownsPool && ended)
        {
            _pool?.Dispose();
        }
    }

    private bool TryAdd(Job[] jobs, Tracking? tracking)
    {
        try
        {
            return _queue!.TryAdd(jobs, tracking?.Lane);
        }
        catch (ObjectDisposedException)
        {
            throw NotReady();
        }
    }

    private void Remove(Job[] jobs, TimeSpan deadline, CancellationToken cancellation)
    {
        bool left = cancellation.IsCancellationRequested;
        foreach (Job job in jobs)
        {
            if (_queue!.TryRemove(job))
            {
                _metrics.Refused(Name, Reason.Late);
                job.Refuse(new Refusal(Reason.Late, left
                    ? "the sender has gone"
                    : string.Create(CultureInfo.InvariantCulture, $"no estimator became free within {deadline.TotalSeconds:0.###} s; allow more time, send less, or start more servers"))
                {
                    RetryAfter = TimeToEmpty(),
                });
            }
        }
    }

    private static PictureAnswer[] Answers(Job[] jobs)
    {
        for (int i = 0; i < jobs.Length; i++)
        {
            if (jobs[i].Answer.Exception?.InnerException is { } exception)
            {
                Refusal refusal = Refusal.Of(exception);
                throw jobs.Length == 1
                    ? refusal
                    : new Refusal(refusal.Reason, $"image {i} of {jobs.Length}: {refusal.Message}") { RetryAfter = refusal.RetryAfter };
            }
        }

        return [.. jobs.Select(job => job.Answer.Result)];
    }

    private void RequireReady()
    {
        if (_state != ModelState.Ready)
        {
            throw NotReady();
        }
    }

    private Refusal NotReady() => new(Reason.Unavailable, _state == ModelState.Loading
        ? $"{Name} is opening; ask /v2/models/{Name}/ready when it is done"
        : $"{Name} does not answer: {StateReason}")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private TimeSpan TimeToEmpty() => TimeSpan.FromSeconds(Math.Clamp(Volatile.Read(ref _meanSeconds) * Waiting / Math.Max(1, Lanes), 0.05, 60));

    private void Served(TimeSpan elapsed)
    {
        double mean = Volatile.Read(ref _meanSeconds);
        Volatile.Write(ref _meanSeconds, mean + (Smoothing * (elapsed.TotalSeconds - mean)));
    }

    private void Failed(Exception exception)
    {
        if (exception is CudaException { Kind: CudaErrorKind.Sticky })
        {
            HasFaulted = true;
            GiveUp("its device was lost; the process has to be started again");
        }
    }

    // Nothing is found in a grey image; with a box the system's own network runs all the same.
    private static void WarmUp(HandEstimator estimator)
    {
        var grey = new RgbImage(WarmUpSide, WarmUpSide);
        grey.Pixels.Fill(128);
        estimator.Predict(grey, Camera.Guess(WarmUpSide, WarmUpSide));
        if (estimator.System.TakesBox)
        {
            estimator.Predict(grey, Camera.Guess(WarmUpSide, WarmUpSide), new PredictOptions { Box = new HandBox(8, 8, 48, 48), Handedness = Handedness.Right });
        }
    }
}
