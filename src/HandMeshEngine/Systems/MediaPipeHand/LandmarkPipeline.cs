using System.Diagnostics;
using HandMeshEngine.Estimation;
using HandMeshEngine.Rig;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>The default system: landmarks, lift to camera space, rigged mesh.</summary>
internal sealed class LandmarkPipeline : HandPipeline
{
    private const string MeshStage = "mesh";

    private readonly HandFinder _finder;
    private readonly LandmarkMesher _mesher;
    private readonly int _maxHands;
    private readonly bool _asPublished;

    public LandmarkPipeline(Backend backend, TensorMap weights, EstimatorOptions options)
    {
        if (options.Intermediates.Count > 0)
        {
            throw new ArgumentException("mediapipe-hand keeps no intermediate results, its landmarks are the result; leave Intermediates out, or open a system of a paper");
        }

        _maxHands = options.MaxHands;
        _asPublished = options.AsPublished;
        _mesher = new LandmarkMesher(movesPalm: !_asPublished);
        TensorMap? small = options.Variant == MediaPipeHandSystem.Both
            ? EstimatorWeights.LoadShipped(MediaPipeHandSystem.Instance, MediaPipeHandSystem.Small)
            : null;
        _finder = new HandFinder(backend, weights, options.SessionOptions(backend), options, small);
    }

    public override IReadOnlyList<KeyValuePair<string, Session>> Sessions => _finder.Sessions;

    public override HandResult CreateResult() => new(NewHands());

    public override HandTrack CreateTrack(TrackerOptions options) => new(options, usesSizePrior: !_asPublished, NewHands());

    public override void Prepare(int images) => _finder.Prepare(images);

    public override void Predict(FrameSet frames)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            if (frames.Known(i).DeviceVertices != 0)
            {
                throw new ArgumentException("vertices cannot stay in device memory: mediapipe-hand makes its mesh on the host; leave DeviceVertices out");
            }
        }

        _finder.Look(frames, leavesKnown: false);
        for (int i = 0; i < frames.Count; i++)
        {
            _finder.Take(frames, i);
            Fill(frames.Camera(i), frames.Known(i), frames.Result(i));
        }
    }

    private void Fill(Camera camera, PredictOptions options, HandResult result)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Landmarks found in _finder.Found)
        {
            Handedness hand = options.Handedness ?? found.Handedness;
            HandMesh mesh = result.Next();
            Fill(mesh, found, camera, hand, found.RightProbability, options, null);
            mesh.Box = options.Box;
        }

        result.Run.AddTime(MeshStage, Stopwatch.GetElapsedTime(start));
    }

    public override void Track(ImageView image, Camera camera, PredictOptions options, HandTrack track, HandResult result)
    {
        track.Advance(_finder, image, camera, options, result.Run);
        long start = Stopwatch.GetTimestamp();
        foreach (TrackedHand tracked in track.Hands)
        {
            HandMesh hand = result.Next();
            if (!tracked.IsSeen)
            {
                tracked.Predict(hand, track.Now);
                continue;
            }

            Handedness side = options.Handedness ?? tracked.Handedness;
            Fill(hand, tracked.Now, camera, side, tracked.RightProbability, options, options.HandSize is null ? tracked.Size : null, tracked);
            hand.Box = options.Box;
            hand.Id = tracked.Id;
            tracked.Keep(hand);
        }

        result.Run.AddTime(MeshStage, Stopwatch.GetElapsedTime(start));
    }

    public override void Dispose() => _finder.Dispose();

    private HandMesh[] NewHands()
    {
        var hands = new HandMesh[_maxHands];
        for (int i = 0; i < hands.Length; i++)
        {
            hands[i] = LandmarkMesher.NewHand();
        }

        return hands;
    }

    private void Fill(
        HandMesh hand, Landmarks found, Camera camera, Handedness handedness, float rightProbability, PredictOptions known, HandSize? history, TrackedHand? tracked = null)
    {
        hand.Camera = camera;
        hand.Box = null;
        hand.Crop = found.Crop;
        hand.Score = found.Presence;
        hand.RightProbability = rightProbability;
        hand.DetectionScore = found.PalmScore;
        hand.Id = null;
        found.Uv.CopyTo(hand.WritableKeypoints);
        _mesher.Fill(
            hand, found.ViewUv, found.View, found.Z, found.World, handedness, known.HandSize, history, known.UsesSizePrior && !_asPublished,
            tracked?.Filter, tracked?.Step ?? 0);
        if (found.LeavesLens)
        {
            hand.Placement = hand.Placement with { Flags = hand.Placement.Flags | PlacementFlags.OutsideLens };
        }
    }
}
