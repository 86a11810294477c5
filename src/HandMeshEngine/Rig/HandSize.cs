namespace HandMeshEngine.Rig;

/// <summary>
/// The size of a hand as the total length of its 20 bones, and its running median over the frames of a video: a steady
/// size removes most of the depth jitter (docs/systems/mediapipe-hand.md 7.4).
/// </summary>
internal sealed class HandSize
{
    // Ten seconds of 30 Hz video; older frames say nothing new about the size of the same hand.
    private const int Memory = 300;

    // A second of frames: fewer say less about a size than knowing that it is a hand's (docs/systems/mediapipe-hand.md 7.4).
    private const int PriorFrames = 30;

    private readonly double[] _recent = new double[Memory];
    private readonly double[] _sorted = new double[Memory];
    private int _count;
    private int _next;
    private int _frames;

    /// <summary>The median of what was added, metres; null before the first.</summary>
    public double? Median => _count == 0 ? null : (_sorted[(_count - 1) / 2] + _sorted[_count / 2]) / 2;

    /// <summary>Sum of the bones 0-1..3-4, 0-5..7-8, 0-9.., 0-13.., 0-17..19-20.</summary>
    public static double Bones(ReadOnlySpan<Vector3d> joints)
    {
        double sum = 0;
        for (int finger = 1; finger < HandMesh.JointCount; finger += 4)
        {
            Vector3d previous = joints[0];
            for (int joint = finger; joint < finger + 4; joint++)
            {
                sum += (joints[joint] - previous).Length;
                previous = joints[joint];
            }
        }

        return sum;
    }

    /// <summary>Whether the frames of the hand weigh more than what was assumed.</summary>
    public bool IsLearnt { get; private set; }

    /// <summary>Forgets everything, for another hand, about which nothing or only a prior size is known.</summary>
    public void Reset(double? prior = null)
    {
        (_count, _next, _frames) = (0, 0, 0);
        IsLearnt = prior is null;
        if (prior is { } assumed)
        {
            for (int i = 0; i < PriorFrames; i++)
            {
                Insert(assumed);
            }
        }
    }

    /// <summary>Takes one frame's size into account; sizes that are not positive numbers are left out.</summary>
    public void Add(double size)
    {
        if (size > 0 && double.IsFinite(size))
        {
            Insert(size);
            _frames = Math.Min(_frames + 1, Memory);
            IsLearnt |= _frames > PriorFrames;
        }
    }

    private void Insert(double size)
    {

        if (_count == Memory)
        {
            int oldest = Array.BinarySearch(_sorted, 0, _count, _recent[_next]);
            Array.Copy(_sorted, oldest + 1, _sorted, oldest, _count - oldest - 1);
            _count--;
        }

        int at = Array.BinarySearch(_sorted, 0, _count, size);
        at = at < 0 ? ~at : at;
        Array.Copy(_sorted, at, _sorted, at + 1, _count - at);
        _sorted[at] = size;
        _recent[_next] = size;
        _next = (_next + 1) % Memory;
        _count++;
    }
}
