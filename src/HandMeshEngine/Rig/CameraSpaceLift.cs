namespace HandMeshEngine.Rig;

/// <summary>
/// Fuses the landmark network's image and world outputs into 21 joints in camera space (docs/systems/mediapipe-hand.md 7).
/// Holds the stages of its last call; reuses its buffers, so one caller at a time.
/// </summary>
internal sealed class CameraSpaceLift
{
    /// <summary>The network's depths are pixels times this (weak perspective).</summary>
    private const double DepthUnit = 0.4;

    private readonly Vector3d[] _rays = new Vector3d[HandMesh.JointCount];
    private readonly Vector3d[] _screenShape = new Vector3d[HandMesh.JointCount];
    private readonly Vector3d[] _fused = new Vector3d[HandMesh.JointCount];
    private readonly Vector3d[] _joints = new Vector3d[HandMesh.JointCount];

    /// <summary>S: the screen landmarks as a centred shape of the world landmarks' size, metres.</summary>
    public ReadOnlySpan<Vector3d> ScreenShape => _screenShape;

    /// <summary>R: turns the world landmarks onto the screen shape.</summary>
    public Matrix3d Alignment { get; private set; }

    /// <summary>F: the mean of both shapes, centred, metres.</summary>
    public ReadOnlySpan<Vector3d> Fused => _fused;

    /// <summary>Bones of F as the network has them, metres.</summary>
    public double NetworkSize { get; private set; }

    /// <summary>t: where the fused shape's origin stands.</summary>
    public RootSolution Root { get; private set; }

    /// <summary>X: the joints, metres, camera space; the fused shape itself if <see cref="Flags"/> says it has no place.</summary>
    public ReadOnlySpan<Vector3d> Joints => _joints;

    /// <summary>The same, for a filter.</summary>
    public Span<Vector3d> WritableJoints => _joints;

    /// <summary>Why there is no place in camera space, or none.</summary>
    public PlacementFlags Flags { get; private set; }

    /// <summary>Lifts one hand.</summary>
    /// <param name="uv">[21] image pixels.</param>
    /// <param name="z">[21] depth relative to the wrist, network units (z_px).</param>
    /// <param name="world">[21] metres, image-aligned axes, own origin.</param>
    /// <param name="camera">Intrinsics of the image.</param>
    /// <param name="handSize">Known total bone length in metres (7.4), or null.</param>
    /// <param name="history">Sizes of the same hand in earlier frames, to which this one's is added; its median is used
    /// where no size is known. Null: each frame for itself.</param>
    public void Solve(
        ReadOnlySpan<Vector2> uv,
        ReadOnlySpan<float> z,
        ReadOnlySpan<Vector3> world,
        in Intrinsics camera,
        double? handSize = null,
        HandSize? history = null)
    {
        for (int i = 0; i < _rays.Length; i++)
        {
            _rays[i] = camera.Ray(uv[i].X, uv[i].Y);
            _screenShape[i] = _rays[i] * (1 + (z[i] / (DepthUnit * camera.Fx)));
            _joints[i] = Vector3d.From(world[i]);
        }

        Centre(_joints);
        Centre(_screenShape);
        double size = Norm(_joints);
        Scale(_screenShape, size / Norm(_screenShape));
        Alignment = Rotations.Align(_joints, _screenShape);
        for (int i = 0; i < _fused.Length; i++)
        {
            _fused[i] = ((Alignment * _joints[i]) + _screenShape[i]) * 0.5;
        }

        Scale(_fused, size / Norm(_fused));
        NetworkSize = HandSize.Bones(_fused);
        history?.Add(NetworkSize);
        if ((handSize ?? history?.Median) is double known)
        {
            Scale(_fused, known / NetworkSize);
        }

        Root = RootSolver.Solve(_fused, _rays);
        Place();
    }

    /// <summary>Takes the results of the last call to another frame.</summary>
    public void Turn(in Matrix3d rotation)
    {
        for (int i = 0; i < _joints.Length; i++)
        {
            _joints[i] = rotation * _joints[i];
            _fused[i] = rotation * _fused[i];
        }

        Root = Root with { Translation = rotation * Root.Translation };
    }

    // Depth from the solved shape, image position from the landmarks: the joints project exactly on uv.
    private void Place()
    {
        Flags = Root.IsDegenerate ? PlacementFlags.Degenerate : PlacementFlags.None;
        for (int i = 0; i < _joints.Length && Flags == PlacementFlags.None; i++)
        {
            double depth = _fused[i].Z + Root.Translation.Z;
            _joints[i] = _rays[i] * depth;
            Flags = !_joints[i].IsFinite ? PlacementFlags.Degenerate
                : depth > Placement.NearestDepth ? PlacementFlags.None : PlacementFlags.BehindCamera;
        }

        if (Flags != PlacementFlags.None)
        {
            _fused.CopyTo(_joints, 0);
        }
    }

    private static void Centre(Span<Vector3d> points)
    {
        Vector3d mean = Vector3d.Mean(points);
        foreach (ref Vector3d point in points)
        {
            point -= mean;
        }
    }

    private static void Scale(Span<Vector3d> points, double factor)
    {
        foreach (ref Vector3d point in points)
        {
            point *= factor;
        }
    }

    private static double Norm(ReadOnlySpan<Vector3d> points)
    {
        double sum = 0;
        foreach (Vector3d point in points)
        {
            sum += point.LengthSquared;
        }

        return Math.Sqrt(sum);
    }
}
