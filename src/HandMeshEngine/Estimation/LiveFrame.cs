using System.Diagnostics;

namespace HandMeshEngine.Estimation;

/// <summary>A frame that waits for its prediction, with all that came with it.</summary>
internal sealed class LiveFrame
{
    /// <summary>Its pixels.</summary>
    public FrameCopy Pixels { get; } = new();

    /// <summary>Its number among all that were posted.</summary>
    public long Number { get; private set; }

    public Camera? Camera { get; private set; }

    public TimeSpan Time { get; private set; }

    public PredictOptions Options { get; private set; } = PredictOptions.None;

    /// <summary>When it was posted, a time stamp of <see cref="Stopwatch"/>.</summary>
    public long Posted { get; private set; }

    /// <summary>Another video begins with it.</summary>
    public bool IsCut { get; set; }

    public void Set(long number, Camera camera, TimeSpan time, PredictOptions options, bool isCut) =>
        (Number, Camera, Time, Options, IsCut, Posted) = (number, camera, time, options, isCut, Stopwatch.GetTimestamp());
}
