namespace HandMeshEngine;

/// <summary>
/// One hand: a 3D mesh with 21 joints in camera space (metres, X right, Y down, Z forward) and where it appears in the
/// image. Made by an estimator, which refills the same object at every prediction without allocating: copy what must
/// last (<see cref="Clone"/>). Not safe to read on one thread while another thread predicts into it.
/// </summary>
/// <remarks>
/// Joint order: 0 wrist; 1-4 thumb, 5-8 index, 9-12 middle, 13-16 ring, 17-20 little, each from the palm to the tip.
/// If <see cref="Placement.IsPlaced"/> is false, vertices and joints are metres relative to the hand, not to the camera.
/// </remarks>
public sealed class HandMesh
{
    /// <summary>Number of joints and keypoints of every system.</summary>
    public const int JointCount = 21;

    private readonly Vector3[] _vertices;
    private readonly Vector3[] _normals;
    private readonly Vector3[] _normalSums;
    private readonly Vector3[] _joints = new Vector3[JointCount];
    private readonly Vector3[] _relativeJoints = new Vector3[JointCount];
    private readonly Vector2[] _keypoints = new Vector2[JointCount];
    private readonly float[] _confidences = new float[JointCount];
    private IntermediateResult[] _intermediates = [];
    private MeshSurface _surface;
    private bool _normalsAreFresh;
    private HandPose? _pose;
    private bool _poseIsFresh;

    internal HandMesh(MeshSurface surface)
    {
        _surface = surface;
        _vertices = new Vector3[surface.VertexCount];
        _normals = new Vector3[surface.VertexCount];
        _normalSums = new Vector3[surface.VertexCount];
    }

    /// <summary>The person's left or right hand.</summary>
    public Handedness Handedness { get; internal set; }

    /// <summary>Probability that there is a hand (0 to 1): the network's presence score of its last pass.</summary>
    public float Score { get; internal set; }

    /// <summary>Probability that it is a right hand (0 to 1); 0 or 1 where the caller said so.</summary>
    public float RightProbability { get; internal set; }

    /// <summary>Score of the palm detection that led here (0 to 1); null after a given box, tracking or the fallback.</summary>
    public float? DetectionScore { get; internal set; }

    /// <summary>Number of the hand in a video, the same from frame to frame; null on single images.</summary>
    public int? Id { get; internal set; }

    /// <summary>
    /// The frame does not show it: a tracker carried it on from the last one that did (<see cref="TrackerOptions.Patience"/>). Then
    /// <see cref="Score"/> is the presence where it should be.
    /// </summary>
    public bool IsPredicted => (Placement.Flags & PlacementFlags.Predicted) != 0;

    /// <summary>Mesh vertices, metres, camera space.</summary>
    public ReadOnlySpan<Vector3> Vertices => _vertices;

    /// <summary>Triangles, three vertex indices each, counter-clockwise seen from outside the hand.</summary>
    public ReadOnlySpan<int> Faces => _surface.Faces;

    /// <summary>The 21 joints, metres, camera space.</summary>
    public ReadOnlySpan<Vector3> Joints => _joints;

    /// <summary>The 21 joints as the network placed them relative to one another: metres, camera axes, own origin.</summary>
    public ReadOnlySpan<Vector3> RelativeJoints => _relativeJoints;

    /// <summary>The 21 joints in the image, pixels of the upright image.</summary>
    public ReadOnlySpan<Vector2> Keypoints => _keypoints;

    /// <summary>
    /// How sure the network is of each of the 21, 0 to about 1: HandDGP's weights of the root solve (docs/systems/handdgp.md 3.4), Ge's
    /// heat-map maxima (docs/systems/graphhand.md 3.9). Empty for systems that compute none; of the whole hand there is <see cref="Score"/>.
    /// </summary>
    public ReadOnlySpan<float> JointConfidences => HasJointConfidences ? _confidences : [];

    /// <summary>What was asked for with <see cref="EstimatorOptions.Intermediates"/>, in that order.</summary>
    public ReadOnlySpan<IntermediateResult> Intermediates => _intermediates;

    /// <summary>The wrist: joint 0.</summary>
    public Vector3 Root => _joints[0];

    /// <summary>What the root solver added to the root-relative shape, metres; zero without a place.</summary>
    public Vector3 Translation { get; internal set; }

    /// <summary>How well the place in camera space is known.</summary>
    public Placement Placement { get; internal set; }

    /// <summary>Total length of the 20 bones that the hand was placed with, metres; 0 for systems that do not scale.</summary>
    public float Size { get; internal set; }

    /// <summary>Whether the mesh was fitted to landmarks whose palm was moved (docs/systems/mediapipe-hand.md 8.1).</summary>
    internal bool PalmIsMoved { get; set; }

    /// <summary>Where <see cref="Size"/> came from; null for systems that do not scale.</summary>
    public HandSizeSource? SizeSource { get; internal set; }

    /// <summary>The camera that was used.</summary>
    public Camera Camera { get; internal set; } = Camera.Guess(1, 1);

    /// <summary>
    /// The upright box that the hand was looked for in, pixels: the caller's, or around the keypoints that the finder saw; null where
    /// the default system's palm detector led straight to the <see cref="Crop"/>.
    /// </summary>
    public HandBox? Box { get; internal set; }

    /// <summary>The part of the image that the network saw in its last pass.</summary>
    public Crop Crop { get; internal set; }

    /// <summary>Outward unit normals of the vertices, computed on first use after a prediction.</summary>
    public ReadOnlySpan<Vector3> Normals
    {
        get
        {
            if (!_normalsAreFresh)
            {
                _surface.Normals(_vertices, _normals, _normalSums);
                _normalsAreFresh = true;
            }

            return _normals;
        }
    }

    /// <summary>The joints as poses, for avatars, robots and WebXR; fitted on first use after a prediction, without a mesh all at one place.</summary>
    public HandPose Pose
    {
        get
        {
            _pose ??= new HandPose();
            if (!_poseIsFresh)
            {
                _pose.Solve(this);
                _poseIsFresh = true;
            }

            return _pose;
        }
    }

    internal MeshSurface Surface => _surface;

    internal bool IsFinite => FiniteValues.All(_vertices) && FiniteValues.All(_joints) && FiniteValues.All(_relativeJoints) && FiniteValues.All(_keypoints);

    internal Span<Vector3> WritableJoints => _joints;

    /// <summary>Whether its system has written <see cref="WritableConfidences"/>.</summary>
    internal bool HasJointConfidences { get; set; }

    internal Span<float> WritableConfidences => _confidences;

    internal Span<Vector3> WritableRelativeJoints => _relativeJoints;

    internal Span<Vector2> WritableKeypoints => _keypoints;

    /// <summary>A copy that later predictions leave alone.</summary>
    public HandMesh Clone()
    {
        var copy = new HandMesh(_surface);
        CopyTo(copy);
        return copy;
    }

    /// <summary>Makes another hand of as many vertices the same as this one.</summary>
    internal void CopyTo(HandMesh copy)
    {
        _vertices.CopyTo(copy.Refill(_surface));
        _joints.CopyTo(copy._joints, 0);
        _relativeJoints.CopyTo(copy._relativeJoints, 0);
        _keypoints.CopyTo(copy._keypoints, 0);
        _confidences.CopyTo(copy._confidences, 0);
        copy.HasJointConfidences = HasJointConfidences;
        CopyIntermediates(copy);
        (copy.Handedness, copy.Score, copy.RightProbability, copy.DetectionScore, copy.Id) = (Handedness, Score, RightProbability, DetectionScore, Id);
        (copy.Translation, copy.Placement, copy.Size, copy.SizeSource) = (Translation, Placement, Size, SizeSource);
        copy.PalmIsMoved = PalmIsMoved;
        (copy.Camera, copy.Box, copy.Crop) = (Camera, Box, Crop);
    }

    /// <summary>Gives it places for intermediate results.</summary>
    internal void MakeIntermediates(IEnumerable<IntermediateResult> empty) => _intermediates = [.. empty];

    private void CopyIntermediates(HandMesh copy)
    {
        if (copy._intermediates.Length != _intermediates.Length)
        {
            copy._intermediates = [.. _intermediates.Select(result => result.Clone())];
            return;
        }

        for (int i = 0; i < _intermediates.Length; i++)
        {
            _intermediates[i].Values.CopyTo(copy._intermediates[i].WritableValues);
        }
    }

    /// <summary>Moves it in camera space, if it has a place there, and in the image.</summary>
    /// <param name="metres">Of vertices, joints and translation.</param>
    /// <param name="pixels">Of keypoints and crop.</param>
    internal void Move(Vector3 metres, Vector2 pixels)
    {
        if (Placement.IsPlaced)
        {
            Move(_vertices, metres);
            Move(_joints, metres);
            Translation += metres;
        }

        foreach (ref Vector2 keypoint in _keypoints.AsSpan())
        {
            keypoint += pixels;
        }

        Crop = Crop with { CenterX = Crop.CenterX + pixels.X, CenterY = Crop.CenterY + pixels.Y };
        _poseIsFresh = false;
    }

    private static void Move(Span<Vector3> points, Vector3 metres)
    {
        foreach (ref Vector3 point in points)
        {
            point += metres;
        }
    }

    /// <summary>Lets it hold no geometry, whose vertices are elsewhere.</summary>
    internal void RefillWithNothing(MeshSurface surface)
    {
        Refill(surface).Clear();
        Array.Clear(_joints);
        Array.Clear(_relativeJoints);
        Array.Clear(_keypoints);
        (Translation, Placement, Crop) = (default, new Placement(0, 0, PlacementFlags.Degenerate), default);
    }

    /// <summary>Turns everything in camera space about the camera's centre.</summary>
    internal void Turn(in Matrix3d rotation)
    {
        Turn(_vertices, rotation);
        Turn(_joints, rotation);
        Turn(_relativeJoints, rotation);
        Translation = (rotation * Vector3d.From(Translation)).ToSingle();
        _normalsAreFresh = _poseIsFresh = false;
    }

    private static void Turn(Span<Vector3> points, in Matrix3d rotation)
    {
        foreach (ref Vector3 point in points)
        {
            point = (rotation * Vector3d.From(point)).ToSingle();
        }
    }

    /// <summary>Starts a refill: returns the vertices to overwrite and lets the normals be computed anew.</summary>
    /// <exception cref="ArgumentException">The surface has another number of vertices than this mesh was made for.</exception>
    internal Span<Vector3> Refill(MeshSurface surface)
    {
        if (surface.VertexCount != _vertices.Length)
        {
            throw new ArgumentException($"this mesh has {_vertices.Length} vertices, the surface {surface.VertexCount}");
        }

        _surface = surface;
        _normalsAreFresh = _poseIsFresh = false;
        return _vertices;
    }
}
