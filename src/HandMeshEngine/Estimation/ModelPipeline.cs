using System.Diagnostics;
using HandMeshEngine.Systems;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Estimation;

/// <summary>
/// A system that is one network behind a box. The default system's networks find the hands and say which hand each is
/// (docs/systems/mediapipe-hand.md 10); hands of the side for which the network was not trained are mirrored in and out here.
/// </summary>
internal sealed class ModelPipeline : HandPipeline
{
    private const string NetworkStage = "network";

    // Overlap (intersection over union) with the box it was read from, from which a mesh may say where the next frame looks.
    private const double MeshAgrees = 0.5;

    private readonly HandFinder _finder;
    private readonly NetworkSystem _system;
    private readonly HandModel _model;
    private readonly MeshSurface _mirrored;
    private readonly Session _session;
    private readonly int _maxHands;
    private readonly bool _onCuda;
    private readonly Vector3d[] _joints = new Vector3d[HandMesh.JointCount];

    public ModelPipeline(NetworkSystem system, TensorMap weights, Backend backend, EstimatorOptions options)
    {
        _system = system;
        _maxHands = options.MaxHands;
        _onCuda = backend.Name == "cuda";
        _model = system.Model(weights, options.VirtualCamera);
        _mirrored = _model.Surface.Mirrored();
        SessionOptions session = options.SessionOptions(backend);
        _session = backend.Open(_model.Build(batch: 1), session);
        _model.ForgetWeights();
        try
        {
            _finder = new HandFinder(backend, EstimatorWeights.LoadShipped(HandSystems.Default, variant: null), session, options);
        }
        catch
        {
            _session.Dispose();
            throw;
        }

        Sessions = [new(system.Id, _session), .. _finder.Sessions];
    }

    public override IReadOnlyList<KeyValuePair<string, Session>> Sessions { get; }

    public override HandResult CreateResult() => new(NewHands());

    public override HandTrack CreateTrack(TrackerOptions options) => new(options, usesSizePrior: false, NewHands());

    public override void Predict(ImageView image, Camera camera, PredictOptions options, HandResult result)
    {
        if (options.DeviceVertices != 0)
        {
            RequireVerticesOnDevice(camera);
        }

        if (options is { Box: { } given, Handedness: { } side })
        {
            float right = side == Handedness.Right ? 1 : 0;
            if (Run(image, camera, given, side, options, result) is not { } only)
            {
                throw new ArgumentException("the camera's lens does not show the middle of the box");
            }

            only.Score = 1;
            only.RightProbability = right;
            only.DetectionScore = null;
            return;
        }

        if (options.Box is { } box)
        {
            _finder.FindIn(image, camera, box, options.BoxIsCrop, result);
        }
        else
        {
            _finder.FindAll(image, camera, result);
        }

        foreach (Landmarks found in _finder.Found)
        {
            Handedness hand = options.Handedness ?? found.Handedness;
            Run(image, camera, found, options.Box ?? Bounds(found.Uv), hand, found.RightProbability, options, result);
        }
    }

    public override void Track(ImageView image, Camera camera, PredictOptions options, HandTrack track, HandResult result)
    {
        track.Advance(_finder, image, camera, options, result);
        foreach (TrackedHand tracked in track.Hands)
        {
            if (!tracked.IsSeen)
            {
                // In device memory there is nothing of a hand that this frame does not show.
                if (tracked.HasLast && options.DeviceVertices == 0)
                {
                    tracked.Predict(result.Next(), track.Now);
                }

                continue;
            }

            HandBox box = options.Box ?? Bounds(tracked.Now.Uv);
            Handedness side = options.Handedness ?? tracked.Handedness;
            if (Run(image, camera, tracked.Now, box, side, tracked.RightProbability, options, result) is { } hand)
            {
                hand.Id = tracked.Id;
                Still(hand, tracked);
                tracked.MeshAgrees = options.DeviceVertices == 0 && box.OverlapWith(Bounds(hand.Keypoints)) > MeshAgrees;
                tracked.Keep(hand);
            }
        }
    }

    public override void Dispose()
    {
        _session.Dispose();
        _finder.Dispose();
    }

    private HandMesh[] NewHands()
    {
        var hands = new HandMesh[_maxHands];
        for (int i = 0; i < hands.Length; i++)
        {
            hands[i] = new HandMesh(_model.Surface);
        }

        return hands;
    }

    // A hand without a place begins anew when it has one.
    private void Still(HandMesh hand, TrackedHand tracked)
    {
        if (tracked.Filter is not { } filter || !hand.Placement.IsPlaced || !hand.IsFinite)
        {
            tracked.Filter?.Reset();
            return;
        }

        for (int i = 0; i < _joints.Length; i++)
        {
            _joints[i] = Vector3d.From(hand.Joints[i]);
        }

        Span<Vector3> vertices = hand.Refill(hand.Surface);
        filter.Apply(tracked.Step, _joints, vertices);
        hand.Translation += _joints[0].ToSingle() - hand.Root;
        for (int i = 0; i < _joints.Length; i++)
        {
            hand.WritableJoints[i] = _joints[i].ToSingle();
        }
    }

    private void RequireVerticesOnDevice(Camera camera)
    {
        string? obstacle = _model.PlacedVertices is null ? $"{_system.Id} places its mesh on the host"
            : camera.Projection is not null ? "the camera has a lens, for which the host turns the mesh"
            : _onCuda ? null : "the estimator runs on no CUDA device";
        if (obstacle is not null)
        {
            throw new ArgumentException($"vertices cannot stay in device memory: {obstacle}; leave DeviceVertices out");
        }
    }

    private static HandBox Bounds(ReadOnlySpan<Vector2> uv)
    {
        Vector2 low = uv[0], high = uv[0];
        foreach (Vector2 point in uv)
        {
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        return new HandBox(low.X, low.Y, high.X - low.X, high.Y - low.Y);
    }

    private HandMesh? Run(
        ImageView image, Camera camera, Landmarks found, HandBox box, Handedness side, float right, PredictOptions options, HandResult result)
    {
        if (Run(image, camera, box, side, options, result) is not { } hand)
        {
            return null;
        }

        hand.Score = found.Presence;
        hand.RightProbability = right;
        hand.DetectionScore = found.PalmScore;
        return hand;
    }

    /// <summary>The next hand of the result; null if the lens does not show the middle of the box.</summary>
    private HandMesh? Run(ImageView image, Camera camera, HandBox box, Handedness side, PredictOptions options, HandResult result)
    {
        long start = Stopwatch.GetTimestamp();
        bool mirror = side != _system.TrainedHand;
        int last = image.Width - 1;
        IdealView? ideal = null;
        HandBox seen = box;
        Intrinsics intrinsics = camera.Intrinsics;
        double? rootDepth = options.RootDepth;
        if (camera.Projection is not null)
        {
            if (!IdealView.TryCreate(camera, image.Width, image.Height, box, out IdealView made, out seen))
            {
                return null;
            }

            ideal = made;
            intrinsics = made.Intrinsics;
            rootDepth = made.DepthOf(rootDepth);
        }

        var view = new HandView(
            mirror ? intrinsics with { Cx = last - intrinsics.Cx } : intrinsics,
            mirror ? seen with { X = last - (seen.X + seen.Width) } : seen,
            BoxIsCrop: options is { BoxIsCrop: true, Box: not null },
            rootDepth,
            options.BoneLength);
        _model.Prepare(view, _session, 0);
        Span<double> matrix = _session.Input<double>(_model.ImageMatrix);
        if (mirror)
        {
            MirrorSampling(matrix, last);
        }

        ideal?.ToRays(matrix);
        HandMesh hand = result.Next();
        if (options.DeviceVertices != 0)
        {
            _session.Start(image);
            _session.Deliver(_model.PlacedVertices!, options.DeviceVertices + (ulong)((result.Count - 1) * 3L * sizeof(float) * _model.Surface.VertexCount), mirror);
            hand.RefillWithNothing(mirror ? _mirrored : _model.Surface);
        }
        else
        {
            _session.Run(ideal is null ? image : image with { Projection = camera.Projection });
            _model.Finish(view, _session, 0, hand);
            if (mirror)
            {
                MirrorBack(hand, last);
            }

            if (ideal is { } from)
            {
                Return(hand, from);
            }
        }

        hand.Camera = camera;
        hand.Box = box;
        hand.Handedness = side;
        hand.Id = null;
        hand.Placement = hand.Placement with { Flags = hand.Placement.Flags | camera.Flags };
        result.AddTime(NetworkStage, Stopwatch.GetElapsedTime(start));
        return hand;
    }

    // From the ideal view to the real camera and its image.
    private static void Return(HandMesh hand, in IdealView view)
    {
        bool all = true;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            all &= view.ToImage(hand.Keypoints[i], out hand.WritableKeypoints[i]);
        }

        hand.Crop = view.ToImage(hand.Crop);
        if (view.IsTurned)
        {
            hand.Turn(view.Rotation.Transposed);
        }

        if (!all)
        {
            hand.Placement = hand.Placement with { Flags = hand.Placement.Flags | PlacementFlags.OutsideLens };
        }
    }

    // u -> last - u, for homogeneous positions.
    private static void MirrorSampling(Span<double> matrix, int last)
    {
        for (int column = 0; column < 3; column++)
        {
            matrix[column] = (last * matrix[6 + column]) - matrix[column];
        }
    }

    private void MirrorBack(HandMesh hand, int last)
    {
        foreach (ref Vector3 vertex in hand.Refill(_mirrored))
        {
            vertex.X = -vertex.X;
        }

        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            hand.WritableJoints[i].X = -hand.WritableJoints[i].X;
            hand.WritableRelativeJoints[i].X = -hand.WritableRelativeJoints[i].X;
            hand.WritableKeypoints[i].X = last - hand.WritableKeypoints[i].X;
        }

        hand.Translation = hand.Translation with { X = -hand.Translation.X };
        hand.Crop = hand.Crop with { CenterX = last - hand.Crop.CenterX, Angle = -hand.Crop.Angle };
    }
}
