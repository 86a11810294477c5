using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine;

/// <summary>
/// Follows hands through the frames of one video: where a hand was is where the next frame looks first, ids stay, also over frames in
/// which a hand is not seen, and the size of each hand is the median of its past, which starts from an adult's
/// (docs/tracking.md; docs/systems/mediapipe-hand.md 4.4, 7.4). One video, one tracker, one thread at a time;
/// for a camera's thread and a renderer's there is <see cref="LiveTracker"/>.
/// </summary>
public sealed class HandTracker
{
    private readonly HandEstimator _estimator;
    private readonly HandTrack _track;

    internal HandTracker(HandEstimator estimator, HandTrack track)
    {
        _estimator = estimator;
        _track = track;
    }

    /// <summary>When the last frame was taken, by the time that came with it or by the frame rate; null before the first.</summary>
    public TimeSpan? Time => _track.Time;

    /// <summary>A result to be refilled by this tracker.</summary>
    public HandResult CreateResult() => _estimator.CreateResult();

    /// <summary>
    /// Takes the next frame, <see cref="TrackerOptions.FrameRate"/> after the last one. Hands are ordered by id; each carries
    /// <see cref="HandMesh.Id"/>, and those that this frame does not show say <see cref="PlacementFlags.Predicted"/>. With a box there is
    /// one hand, which keeps its id for as long as it is found in the boxes of the frames; a side or size that is known replaces what the
    /// frames so far say.
    /// </summary>
    /// <inheritdoc cref="HandEstimator.Predict(ImageView, Camera, HandResult, PredictOptions?, CancellationToken)"/>
    public void Predict(ImageView image, Camera camera, HandResult result, PredictOptions? options = null) =>
        _estimator.Track(image, camera, result, options ?? PredictOptions.None, _track, null);

    /// <summary>Takes the next frame with the time at which it was taken, on any clock that goes forward.</summary>
    /// <param name="image">The frame; results are about its upright image (<see cref="ImageView.Orientation"/>).</param>
    /// <param name="camera">Intrinsics of the upright image, and the lens.</param>
    /// <param name="time">After that of the last frame.</param>
    /// <param name="result">Refilled; from <see cref="CreateResult"/>.</param>
    /// <param name="options">What is known about this frame: box, side, size; or null.</param>
    /// <exception cref="ArgumentException">The time does not come after the last frame's; or as without a time.</exception>
    /// <exception cref="ObjectDisposedException">The estimator was disposed.</exception>
    public void Predict(ImageView image, Camera camera, TimeSpan time, HandResult result, PredictOptions? options = null) =>
        _estimator.Track(image, camera, result, options ?? PredictOptions.None, _track, time);

    /// <summary>Forgets all hands and times, for a cut or another video. Ids go on counting.</summary>
    public void Reset() => _track.Reset();
}
