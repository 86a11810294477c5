namespace HandMeshEngine.Export;

/// <summary>
/// The hands of a video as one animated GLB file (docs/files.md): a skeleton of WebXR's joints for each hand, the skin where the mesh is
/// the default system's, otherwise a mesh for each frame. A clip of one frame is a posed, skinned hand without animation. Frames are
/// collected until the file is written. One thread at a time.
/// </summary>
public sealed class HandClip
{
    private readonly List<double> _times = [];
    private readonly List<(int Id, ClipTrack Track)> _tracks = [];

    /// <summary>Number of frames, those without hands included.</summary>
    public int FrameCount => _times.Count;

    /// <summary>True as long as no frame had a hand.</summary>
    public bool IsEmpty => _tracks.Count == 0;

    /// <summary>When each frame was taken, seconds.</summary>
    internal IReadOnlyList<double> Times => _times;

    /// <summary>The hands that were seen.</summary>
    internal IEnumerable<ClipTrack> Tracks => _tracks.Select(entry => entry.Track);

    /// <summary>Adds a frame. What is needed of the hands is copied.</summary>
    /// <param name="seconds">When it was taken; later than the frame before. The file starts at 0 with the first frame.</param>
    /// <param name="hands">Hands with the same <see cref="HandMesh.Id"/> are one; without ids those of the same index. Hands without a place in
    /// camera space are left out.</param>
    /// <exception cref="ArgumentException">The time is not after that of the last frame, or a hand has vertices that are not finite.</exception>
    public void Add(double seconds, IReadOnlyList<HandMesh> hands)
    {
        ArgumentNullException.ThrowIfNull(hands);
        if (!double.IsFinite(seconds) || (_times.Count > 0 && seconds <= _times[^1]))
        {
            string last = _times.Count > 0 ? _times[^1].ToString(CultureInfo.InvariantCulture) : "none";
            throw new ArgumentException(FormattableString.Invariant($"a frame at {seconds} s cannot follow one at {last} s; times must increase"), nameof(seconds));
        }

        MeshFile.RequireFinite(hands);
        _times.Add(seconds);
        for (int i = 0; i < hands.Count; i++)
        {
            HandMesh hand = hands[i];
            if (hand.Placement.IsPlaced)
            {
                TrackOf(hand, hand.Id ?? i).Add(_times.Count - 1, hand);
            }
        }
    }

    /// <summary>Writes the file; it appears whole or not at all.</summary>
    /// <exception cref="ArgumentException">No frame had a hand, or the file would be larger than 2 GB.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string path)
    {
        RequireHands();
        AtomicFile.Write(path, this, static (stream, clip) => clip.Write(stream));
    }

    /// <summary>Writes the file to a stream, which stays open.</summary>
    /// <exception cref="ArgumentException">No frame had a hand, or the file would be larger than 2 GB.</exception>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireHands();
        new ClipWriter(this).Write(stream);
    }

    private void RequireHands()
    {
        if (IsEmpty)
        {
            throw new ArgumentException("no frame of this clip had a hand; there is nothing to write");
        }
    }

    private ClipTrack TrackOf(HandMesh hand, int id)
    {
        foreach ((int other, ClipTrack track) in _tracks)
        {
            if (other == id && track.Continues(hand))
            {
                return track;
            }
        }

        var added = new ClipTrack(hand, MeshFile.Name(hand, id));
        _tracks.Add((id, added));
        return added;
    }
}
