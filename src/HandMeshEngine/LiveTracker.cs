using System.Diagnostics;
using HandMeshEngine.Estimation;

namespace HandMeshEngine;

/// <summary>
/// Follows hands in a camera's frames beside the program: one thread posts frames and never waits, a thread of its own predicts, and
/// another one draws the newest hands. The latest frame wins: what cannot be predicted in time is dropped and counted. All members may
/// be called from any thread.
/// </summary>
/// <example>
/// <code>
/// using var live = new LiveTracker(estimator);
/// // The camera's thread:
/// live.Post(ImageView.Nv12(luma, stride, chroma, stride, width, height), camera, stamp);
/// // The renderer's thread, with LiveResult hands = live.CreateResult():
/// if (live.TryTake(hands)) { Draw(hands.Hands, hands.Time); }
/// </code>
/// </example>
public sealed class LiveTracker : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly HandEstimator _estimator;
    private readonly HandTracker _tracker;
    private readonly Queue<LiveFrame> _waiting = new();
    private readonly Stack<LiveFrame> _free = new();
    private readonly Thread _thread;
    private LiveResult _making;
    private LiveResult _done;
    private TaskCompletionSource? _newer;
    private Exception? _failure;
    private TimeSpan? _lastPosted;
    private bool _isCut;
    private volatile bool _ends;

    /// <summary>Starts the thread. The estimator stays the caller's, who may predict with it too, and must outlive this.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LiveTracker(HandEstimator estimator, LiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        options ??= new LiveOptions();
        if (options.Queue is < 1 or > LiveOptions.LongestQueue)
        {
            throw new ArgumentException($"the queue of {options.Queue} frames must hold 1 to {LiveOptions.LongestQueue}", nameof(options));
        }

        _estimator = estimator;
        _tracker = estimator.CreateTracker(options.Tracking);
        (_making, _done) = (CreateResult(), CreateResult());
        // One more is predicted, and one more is written while the queue is full.
        for (int i = 0; i < options.Queue + 2; i++)
        {
            _free.Push(new LiveFrame());
        }

        Queue = options.Queue;
        _thread = new Thread(Work) { IsBackground = true, Name = "handmesh live tracker" };
        _thread.Start();
    }

    /// <summary>Frames that may wait.</summary>
    public int Queue { get; }

    /// <summary>Frames posted.</summary>
    public long Posted { get; private set; }

    /// <summary>Frames that were dropped because newer ones came before they could be predicted.</summary>
    public long Dropped { get; private set; }

    /// <summary>Frames predicted.</summary>
    public long Predicted { get; private set; }

    /// <summary>A result for <see cref="TryTake"/> and <see cref="TakeAsync"/>. The hands of a frame are taken once: one thread draws.</summary>
    public LiveResult CreateResult() => new(_estimator.CreateResult());

    /// <summary>
    /// Copies a frame and returns at once; it is predicted as soon as the one before is. Allocates nothing once frames of its size have
    /// been posted.
    /// </summary>
    /// <param name="image">The frame; its memory may change when this returns.</param>
    /// <param name="camera">Intrinsics of the upright image, and the lens.</param>
    /// <param name="time">When it was taken, on any clock that goes forward.</param>
    /// <param name="options">What is known about this frame, or null.</param>
    /// <returns>False if an older frame was dropped for it.</returns>
    /// <exception cref="ArgumentException">The frame is empty or in device memory, the camera is of another size, a number of the options
    /// is out of range, or the time does not come after that of the frame before.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public bool Post(ImageView image, Camera camera, TimeSpan time, PredictOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(camera);
        options ??= PredictOptions.None;
        if (image.IsEmpty)
        {
            throw new ArgumentException("the image is empty; give pixels, a width and a height", nameof(image));
        }

        camera.Require(image);
        options.Validate(image.Width, image.Height);
        LiveFrame frame;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ends, this);
            frame = _free.TryPop(out LiveFrame? pooled) ? pooled : new LiveFrame();
        }

        bool isCopied = false;
        try
        {
            frame.Pixels.Take(image);
            isCopied = true;
        }
        finally
        {
            if (!isCopied)
            {
                Return(frame);
            }
        }

        return Enqueue(frame, camera, time, options);
    }

    /// <summary>Forgets all hands and times before the next frame that is posted, for a cut or another video.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            (_isCut, _lastPosted) = (true, null);
        }
    }

    /// <summary>Takes the newest hands, if they are newer than those that the result holds. Waits for nothing and allocates nothing.</summary>
    /// <param name="result">From <see cref="CreateResult"/>; refilled if there is something new.</param>
    /// <returns>Whether there was.</returns>
    /// <exception cref="InvalidOperationException">A prediction failed; the inner exception says how, and no more frames are predicted.</exception>
    public bool TryTake(LiveResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        lock (_lock)
        {
            if (_done.Frame <= result.Frame)
            {
                return _failure is null ? false : throw Failed();
            }

            _done.Swap(result);
            return true;
        }
    }

    /// <summary>Takes the newest hands as soon as they are newer than those that the result holds.</summary>
    /// <param name="result">From <see cref="CreateResult"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">A prediction failed; the inner exception says how, and no more frames are predicted.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed before a newer frame came.</exception>
    public async Task TakeAsync(LiveResult result, CancellationToken cancellation = default)
    {
        while (true)
        {
            Task newer;
            lock (_lock)
            {
                newer = (_newer ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (TryTake(result))
            {
                return;
            }

            ObjectDisposedException.ThrowIf(_ends, this);
            await newer.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Stops after the frame that is being predicted; frames that wait are dropped.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_ends)
            {
                return;
            }

            _ends = true;
        }

        _work.Release();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private InvalidOperationException Failed() => new($"a frame could not be predicted: {_failure!.Message}", _failure);

    private bool Enqueue(LiveFrame frame, Camera camera, TimeSpan time, PredictOptions options)
    {
        bool isFirst = true;
        lock (_lock)
        {
            if (_lastPosted is { } last && time <= last)
            {
                _free.Push(frame);
                throw new ArgumentException(FormattableString.Invariant(
                    $"a frame of {time.TotalSeconds} s cannot follow one of {last.TotalSeconds} s: times must rise; leave late frames out, or Reset the tracker for another video"));
            }

            _lastPosted = time;
            frame.Set(Posted++, camera, time, options, _isCut);
            _isCut = false;
            if (_waiting.Count == Queue)
            {
                LiveFrame oldest = _waiting.Dequeue();
                Dropped++;
                isFirst = false;
                // A cut before a frame that nobody sees is one before the next.
                LiveFrame heir = _waiting.TryPeek(out LiveFrame? next) ? next : frame;
                heir.IsCut |= oldest.IsCut;
                _free.Push(oldest);
            }

            _waiting.Enqueue(frame);
        }

        if (isFirst)
        {
            _work.Release();
        }

        return isFirst;
    }

    private void Return(LiveFrame frame)
    {
        lock (_lock)
        {
            _free.Push(frame);
        }
    }

    private void Work()
    {
        while (true)
        {
            _work.Wait();
            LiveFrame frame;
            lock (_lock)
            {
                if (_ends || _failure is not null)
                {
                    break;
                }

                frame = _waiting.Dequeue();
            }

            Predict(frame);
        }

        Signal();
    }

    private void Predict(LiveFrame frame)
    {
        try
        {
            if (frame.IsCut)
            {
                _tracker.Reset();
            }

            _tracker.Predict(frame.Pixels.View, frame.Camera!, frame.Time, _making.Hands, frame.Options);
            _making.Set(frame.Number, frame.Time, Stopwatch.GetElapsedTime(frame.Posted), frame.Camera!);
            lock (_lock)
            {
                Predicted++;
                (_making, _done) = (_done, _making);
                _free.Push(frame);
            }
        }
        catch (Exception exception)
        {
            // It belongs to whoever takes the results.
            lock (_lock)
            {
                _failure = exception;
                _free.Push(frame);
            }

            _work.Release();
        }

        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource? waited;
        lock (_lock)
        {
            (waited, _newer) = (_newer, null);
        }

        waited?.SetResult();
    }
}
