namespace HandMeshEngine.Rig;

/// <summary>
/// The One-Euro filter of one hand: its wrist as depth and two directions, and its shape about the wrist by one weight for all points,
/// so that joints and vertices stay together (docs/tracking.md 3).
/// </summary>
internal sealed class HandFilter(SmoothingOptions options, int vertices)
{
    private readonly Vector3d[] _joints = new Vector3d[HandMesh.JointCount];
    private readonly Vector3d[] _seen = new Vector3d[HandMesh.JointCount];
    private readonly Vector3d[] _speeds = new Vector3d[HandMesh.JointCount];
    private readonly Vector3[] _vertices = new Vector3[vertices];
    private Vector3d _place;
    private Vector3d _seenPlace;
    private Vector3d _placeSpeed;
    private bool _isWarm;

    /// <summary>Forgets the past: the next hand is taken as it is.</summary>
    public void Reset() => _isWarm = false;

    /// <summary>Filters a hand in camera space.</summary>
    /// <param name="seconds">Since the last one, positive.</param>
    /// <param name="joints">[21] metres, in front of the camera; overwritten.</param>
    /// <param name="vertices">As many as the filter was made for, metres; overwritten.</param>
    public void Apply(double seconds, Span<Vector3d> joints, Span<Vector3> vertices)
    {
        Vector3d wrist = joints[0];
        var place = new Vector3d(wrist.X / wrist.Z, wrist.Y / wrist.Z, wrist.Z);
        if (!_isWarm)
        {
            Start(place, joints, vertices);
            return;
        }

        double follow = Weight(options.SpeedCutoff, seconds);
        _placeSpeed += (((place - _seenPlace) * (1 / seconds)) - _placeSpeed) * follow;
        _seenPlace = place;
        // Directions are tangents: times the depth they are metres.
        _place = new Vector3d(
            Step(_place.X, place.X, _placeSpeed.X * place.Z, seconds),
            Step(_place.Y, place.Y, _placeSpeed.Y * place.Z, seconds),
            Step(_place.Z, place.Z, _placeSpeed.Z, seconds));
        Vector3d still = new Vector3d(_place.X, _place.Y, 1) * _place.Z;

        double sum = 0;
        for (int i = 1; i < joints.Length; i++)
        {
            Vector3d shape = joints[i] - wrist;
            _speeds[i] += (((shape - _seen[i]) * (1 / seconds)) - _speeds[i]) * follow;
            _seen[i] = shape;
            sum += _speeds[i].LengthSquared;
        }

        double weight = Weight(options.ShapeCutoff + (options.ShapeBeta * Math.Sqrt(sum / (joints.Length - 1))), seconds);
        joints[0] = still;
        for (int i = 1; i < joints.Length; i++)
        {
            _joints[i] += (_seen[i] - _joints[i]) * weight;
            joints[i] = still + _joints[i];
        }

        Vector3 from = wrist.ToSingle(), to = still.ToSingle();
        for (int i = 0; i < vertices.Length; i++)
        {
            _vertices[i] += (vertices[i] - from - _vertices[i]) * (float)weight;
            vertices[i] = to + _vertices[i];
        }
    }

    private static double Weight(double cutoff, double seconds) => 1 / (1 + (1 / (2 * Math.PI * cutoff * seconds)));

    private double Step(double from, double to, double speed, double seconds) =>
        from + ((to - from) * Weight(options.PlaceCutoff + (options.PlaceBeta * Math.Abs(speed)), seconds));

    private void Start(Vector3d place, Span<Vector3d> joints, Span<Vector3> vertices)
    {
        _isWarm = true;
        (_place, _seenPlace, _placeSpeed) = (place, place, default);
        for (int i = 0; i < joints.Length; i++)
        {
            (_seen[i], _joints[i], _speeds[i]) = (joints[i] - joints[0], joints[i] - joints[0], default);
        }

        Vector3 wrist = joints[0].ToSingle();
        for (int i = 0; i < vertices.Length; i++)
        {
            _vertices[i] = vertices[i] - wrist;
        }
    }
}
