using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine;

/// <summary>
/// Follows hands through the frames of one video: where a hand was is where the next frame looks first, ids stay, and the
/// size of each hand is the median of its past, which starts from an adult's (docs/systems/mediapipe-hand.md 4.4, 7.4). One video, one tracker, one thread at a time.
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

    /// <summary>A result to be refilled by this tracker.</summary>
    public HandResult CreateResult() => _estimator.CreateResult();

    /// <summary>
    /// Takes the next frame. Hands are ordered by id; each carries <see cref="HandMesh.Id"/>. With a box there is one hand, which keeps
    /// its id for as long as it is found in the boxes of the frames; a side or size that is known replaces what the frames so far say.
    /// </summary>
    /// <inheritdoc cref="HandEstimator.Predict(ImageView, Camera, HandResult, PredictOptions?, CancellationToken)"/>
    public void Predict(ImageView image, Camera camera, HandResult result, PredictOptions? options = null) =>
        _estimator.Track(image, camera, result, options ?? PredictOptions.None, _track);

    /// <summary>Forgets all hands, for a cut or another video. Ids go on counting.</summary>
    public void Reset() => _track.Reset();
}
