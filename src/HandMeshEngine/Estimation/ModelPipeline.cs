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
    private readonly BatchedSessions _network;
    private readonly int _maxHands;
    private readonly bool _onCuda;
    private readonly IntermediateResult[] _intermediates;
    private readonly Vector3d[] _joints = new Vector3d[HandMesh.JointCount];
    private NetworkRun[] _runs;
    private int _runCount;

    public ModelPipeline(NetworkSystem system, TensorMap weights, Backend backend, EstimatorOptions options)
    {
        _system = system;
        _maxHands = options.MaxHands;
        _onCuda = backend.Name == "cuda";
        _model = system.Model(weights, options.VirtualCamera);
        _mirrored = _model.Surface.Mirrored();
        SessionOptions session = options.SessionOptions(backend);
        _intermediates = options.Intermediates.Count == 0 ? [] : Intermediates(_model.Build(batch: 1), options.Intermediates);
        _network = new BatchedSessions(backend, session with { Observe = options.Intermediates }, _model.Build);
        _runs = new NetworkRun[_maxHands];
        if (!backend.RunsBatchesAtOnce)
        {
            _model.ForgetWeights(); // else plans for more hands are made later
        }

        try
        {
            _finder = new HandFinder(backend, EstimatorWeights.LoadShipped(HandSystems.Default, variant: null), session, options);
        }
        catch
        {
            _network.Dispose();
            throw;
        }

        Sessions = [new(system.Id, _network.Single), .. _finder.Sessions];
    }

    public override IReadOnlyList<KeyValuePair<string, Session>> Sessions { get; }

    public override HandResult CreateResult() => new(NewHands());

    public override HandTrack CreateTrack(TrackerOptions options) => new(options, usesSizePrior: false, NewHands());

    public override void Prepare(int images)
    {
        _finder.Prepare(images);
        _network.Prepare(images * _maxHands);
    }

    public override void Predict(FrameSet frames)
    {
        bool finds = false;
        for (int i = 0; i < frames.Count; i++)
        {
            PredictOptions known = frames.Known(i);
            finds |= known is not { Box: not null, Handedness: not null };
            if (known.DeviceVertices != 0)
            {
                RequireVerticesOnDevice(frames.Camera(i));
            }
        }

        if (finds)
        {
            _finder.Look(frames, leavesKnown: true);
        }

        _runCount = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            PredictOptions known = frames.Known(i);
            if (known is { Box: { } given, Handedness: { } side })
            {
                var only = new HandScores(1, side == Handedness.Right ? 1 : 0, null, null);
                if (!Add(frames, i, given, side, only))
                {
                    throw new ArgumentException("the camera's lens does not show the middle of the box");
                }

                continue;
            }

            _finder.Take(frames, i);
            foreach (Landmarks found in _finder.Found)
            {
                var scores = new HandScores(found.Presence, found.RightProbability, found.PalmScore, null);
                Add(frames, i, known.Box ?? Bounds(found.Uv), known.Handedness ?? found.Handedness, scores);
            }
        }

        Run(frames);
    }

    public override void Track(ImageView image, Camera camera, PredictOptions options, HandTrack track, HandResult result)
    {
        track.Advance(_finder, image, camera, options, result.Run);
        var frames = new FrameSet(image, camera, options, result);
        _runCount = 0;
        foreach (TrackedHand tracked in track.Hands)
        {
            if (tracked.IsSeen)
            {
                HandBox box = options.Box ?? Bounds(tracked.Now.Uv);
                Handedness side = options.Handedness ?? tracked.Handedness;
                Add(frames, 0, box, side, new HandScores(tracked.Now.Presence, tracked.RightProbability, tracked.Now.PalmScore, tracked));
            }
        }

        Run(frames);
        foreach (TrackedHand tracked in track.Hands)
        {
            // In device memory there is nothing of a hand that this frame does not show.
            if (!tracked.IsSeen && tracked.HasLast && options.DeviceVertices == 0)
            {
                tracked.Predict(result.Next(), track.Now);
            }
        }

        result.OrderById();
    }

    public override void Dispose()
    {
        _network.Dispose();
        _finder.Dispose();
    }

    // Empty ones of the shapes that the graph of one hand says.
    private IntermediateResult[] Intermediates(OpGraph graph, IReadOnlyList<string> names)
    {
        var results = new IntermediateResult[names.Count];
        for (int i = 0; i < results.Length; i++)
        {
            if (!graph.Taps.TryGetValue(names[i], out int node) && !graph.Outputs.TryGetValue(names[i], out node))
            {
                throw new ArgumentException(
                    $"{_system.Id} computes no '{names[i]}'; its intermediate results are {string.Join(", ", graph.Taps.Keys.Union(graph.Outputs.Keys).Order(StringComparer.Ordinal))}");
            }

            Shape shape = graph.Nodes[node].Type.Shape;
            int[] extents = [.. Enumerable.Range(1, shape.Rank - 1).Select(axis => shape[axis])];
            results[i] = new IntermediateResult(names[i], extents, extents.Aggregate(1, (product, extent) => product * extent));
        }

        return results;
    }

    private HandMesh[] NewHands()
    {
        var hands = new HandMesh[_maxHands];
        for (int i = 0; i < hands.Length; i++)
        {
            hands[i] = new HandMesh(_model.Surface);
            hands[i].MakeIntermediates(_intermediates.Select(result => result.Clone()));
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

    /// <summary>Adds a hand to the next run; false if the lens does not show the middle of the box.</summary>
    private bool Add(FrameSet frames, int frame, HandBox box, Handedness side, HandScores scores)
    {
        Camera camera = frames.Camera(frame);
        PredictOptions options = frames.Known(frame);
        ImageView image = frames.Image(frame);
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
                return false;
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
        if (_runCount == _runs.Length)
        {
            Array.Resize(ref _runs, 2 * _runCount);
        }

        _runs[_runCount++] = new NetworkRun(frame, view, box, side, mirror, last, ideal, scores);
        return true;
    }

    /// <summary>Runs the network for the hands that were added, in their order.</summary>
    private void Run(FrameSet frames)
    {
        for (int first = 0; first < _runCount;)
        {
            if (frames.Known(_runs[first].Frame).DeviceVertices != 0)
            {
                Start(frames, _runs[first++]);
                continue;
            }

            int count = 1;
            while (first + count < _runCount && frames.Known(_runs[first + count].Frame).DeviceVertices == 0)
            {
                count++;
            }

            first += RunSome(frames, _runs.AsSpan(first, count));
        }
    }

    // As many of them as one run takes.
    private int RunSome(FrameSet frames, ReadOnlySpan<NetworkRun> runs)
    {
        long start = Stopwatch.GetTimestamp();
        Session session = _network.For(runs.Length, out int places);
        runs = runs[..Math.Min(places, runs.Length)];
        for (int place = 0; place < places; place++)
        {
            NetworkRun run = runs[Math.Min(place, runs.Length - 1)];
            Prepare(run, session, place);
            if (_network.Attaches)
            {
                session.Attach(place, Image(frames, run), run.Frame);
            }
        }

        if (_network.Attaches)
        {
            session.RunAttached();
        }
        else
        {
            session.Run(Image(frames, runs[0]));
        }

        for (int item = 0; item < runs.Length; item++)
        {
            Finish(frames, runs[item], session, item);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        for (int item = 0; item < runs.Length; item++)
        {
            if (item == 0 || runs[item].Frame != runs[item - 1].Frame)
            {
                frames.Run(runs[item].Frame).AddTime(NetworkStage, time);
            }
        }

        return runs.Length;
    }

    private static ImageView Image(FrameSet frames, in NetworkRun run) =>
        run.Ideal is null ? frames.Image(run.Frame) : frames.Image(run.Frame) with { Projection = frames.Camera(run.Frame).Projection };

    private void Prepare(in NetworkRun run, Session session, int item)
    {
        _model.Prepare(run.View, session, item);
        Span<double> matrix = session.Input<double>(_model.ImageMatrix).Slice(9 * item, 9);
        if (run.Mirror)
        {
            MirrorSampling(matrix, run.LastColumn);
        }

        run.Ideal?.ToRays(matrix);
    }

    private void Finish(FrameSet frames, in NetworkRun run, Session session, int item)
    {
        HandMesh hand = frames.Result(run.Frame).Next();
        _model.Finish(run.View, session, item, hand);
        foreach (IntermediateResult intermediate in hand.Intermediates)
        {
            int length = intermediate.Values.Length;
            session.Output(intermediate.Name).Slice(item * length, length).CopyTo(intermediate.WritableValues);
        }

        if (run.Mirror)
        {
            MirrorBack(hand, run.LastColumn);
        }

        if (run.Ideal is { } from)
        {
            Return(hand, from);
        }

        Describe(frames, run, hand);
    }

    // The vertices go to the device, and nothing is waited for.
    private void Start(FrameSet frames, in NetworkRun run)
    {
        long start = Stopwatch.GetTimestamp();
        PredictOptions options = frames.Known(run.Frame);
        HandResult result = frames.Result(run.Frame);
        Prepare(run, _network.Single, 0);
        HandMesh hand = result.Next();
        _network.Single.Start(frames.Image(run.Frame));
        ulong address = options.DeviceVertices + (ulong)((result.Count - 1) * 3L * sizeof(float) * _model.Surface.VertexCount);
        _network.Single.Deliver(_model.PlacedVertices!, address, run.Mirror);
        hand.RefillWithNothing(run.Mirror ? _mirrored : _model.Surface);
        Describe(frames, run, hand);
        result.Run.AddTime(NetworkStage, Stopwatch.GetElapsedTime(start));
    }

    private void Describe(FrameSet frames, in NetworkRun run, HandMesh hand)
    {
        Camera camera = frames.Camera(run.Frame);
        hand.Camera = camera;
        hand.Box = run.Box;
        hand.Handedness = run.Side;
        (hand.Score, hand.RightProbability, hand.DetectionScore) = (run.Scores.Presence, run.Scores.RightProbability, run.Scores.Detection);
        hand.Id = run.Scores.Tracked?.Id;
        hand.Placement = hand.Placement with { Flags = hand.Placement.Flags | camera.Flags };
        if (run.Scores.Tracked is { } tracked)
        {
            Still(hand, tracked);
            tracked.MeshAgrees = frames.Known(run.Frame).DeviceVertices == 0 && run.Box.OverlapWith(Bounds(hand.Keypoints)) > MeshAgrees;
            tracked.Keep(hand);
        }
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
