using HandMeshEngine.Rig;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>One hand of a video.</summary>
internal sealed class TrackedHand(HandMesh last, HandFilter? filter)
{
    // A hand does not change sides: evidence adds up, and old frames fade over about a second of 30 Hz video.
    private const float Memory = 0.97f;

    // The mean must leave the middle by this much before a hand changes sides.
    private const float SideMargin = 0.2f;

    // Speeds are means over about this time, seconds, and a hand out of sight slows down as fast.
    private const double Inertia = 0.15;

    // How far from where it should be a hand is taken for the same, in sides of its crop: at once, and for each second that it was gone.
    private const double Nearby = 0.6;
    private const double NearbyPerSecond = 2;

    // Between two frames of a hand its crop does not grow or shrink by more.
    private const double MostGrowth = 1.7;

    // What a reading of the other side weighs, in sides of the crop.
    private const double OtherSide = 0.5;
    private const float Sure = 0.8f;

    private float _evidence;
    private float _weight;
    private Vector2 _velocity;
    private Vector3 _motion;
    private Vector3 _root;
    private bool _hasRoot;

    public int Id { get; private set; }

    /// <summary>The last reading in which it was seen.</summary>
    public Landmarks Now { get; } = new();

    /// <summary>What this frame shows where it should be.</summary>
    public Landmarks Reading { get; set; } = new();

    /// <summary>Whether that is this hand.</summary>
    public bool HasReading { get; set; }

    /// <summary>This frame takes its place from its own last mesh, without looking.</summary>
    public bool IsByMesh { get; set; }

    /// <summary>It is not to be carried on.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Seen in this frame; before its reading, in the last one.</summary>
    public bool IsSeen { get; private set; }

    /// <summary>Presence in this frame's reading, also where it was too low to be seen.</summary>
    public float Presence { get; private set; }

    /// <summary>Frames in which it was seen.</summary>
    public int Frames { get; private set; }

    /// <summary>Bone lengths so far.</summary>
    public HandSize Size { get; } = new();

    /// <summary>The mesh when it was last seen.</summary>
    public HandMesh Last { get; } = last;

    /// <summary>Whether <see cref="Last"/> is a mesh of this hand.</summary>
    public bool HasLast { get; private set; }

    /// <summary>What stills its meshes, or null.</summary>
    public HandFilter? Filter { get; } = filter;

    /// <summary>When it was last seen, seconds of the track.</summary>
    public double Seen { get; private set; }

    /// <summary>From the frame before that to that one, seconds; 0 in the first.</summary>
    public double Step { get; private set; }

    /// <summary>When the landmark network last looked at it.</summary>
    public double Looked { get; set; }

    /// <summary>Whether its system's own mesh may say where it is (<see cref="TrackerOptions.BoxFromMesh"/>).</summary>
    public bool MeshAgrees { get; set; }

    /// <summary>Probability of a right hand, averaged over the frames so far.</summary>
    public float RightProbability => _weight > 0 ? _evidence / _weight : 0;

    public Handedness Handedness { get; private set; }

    /// <summary>Starts over with another hand.</summary>
    public void Begin(int id, double? size)
    {
        Id = id;
        Size.Reset(size);
        Filter?.Reset();
        (_evidence, _weight, _velocity, _motion, _hasRoot) = (0, 0, default, default, false);
        (Frames, HasLast, MeshAgrees, IsGivenUp, Step) = (0, false, false, false, 0);
    }

    /// <summary>Takes a reading of this frame over.</summary>
    public void Follow(Landmarks reading, double time)
    {
        Vector2 before = Now.PalmCentre;
        reading.CopyTo(Now);
        Advance(before, time);
        _evidence = (Memory * _evidence) + Now.RightProbability;
        _weight = (Memory * _weight) + 1;
        float right = RightProbability;
        Handedness = Frames < HandTrack.Settled ? Landmarks.Likelier(right)
            : right > 0.5f + SideMargin ? Handedness.Right
            : right < 0.5f - SideMargin ? Handedness.Left
            : Handedness;
        (IsSeen, Presence, Seen, Looked) = (true, Now.Presence, time, time);
        Frames++;
    }

    /// <summary>Its own mesh of the last frame says where to look in this one; nobody looks whether it is there.</summary>
    public void FollowMesh(double time)
    {
        Vector2 before = Now.PalmCentre;
        Last.Keypoints.CopyTo(Now.Uv);
        Now.Crop = Now.NextCrop = HandCrops.FromLandmarks(Now.Uv);
        Advance(before, time);
        (IsSeen, Seen) = (true, time);
        Frames++;
    }

    /// <summary>It is not seen in this frame.</summary>
    public void Miss(float presence) => (IsSeen, Presence) = (false, presence);

    /// <summary>Keeps the finished mesh of this frame, for frames that do not show the hand.</summary>
    public void Keep(HandMesh mesh)
    {
        mesh.CopyTo(Last);
        bool isPlaced = mesh.Placement.IsPlaced;
        if (isPlaced && _hasRoot && HasLast && Step > 0)
        {
            _motion += (((mesh.Root - _root) / (float)Step) - _motion) * Fresh(Step);
        }

        (HasLast, _hasRoot, _root) = (true, isPlaced, mesh.Root);
    }

    /// <summary>Writes where it should be now, though nobody sees it.</summary>
    public void Predict(HandMesh to, double time)
    {
        Last.CopyTo(to);
        to.Move(_hasRoot ? _motion * Coast(time) : default, _velocity * Coast(time));
        to.Score = Presence;
        to.DetectionScore = null;
        to.Placement = to.Placement with { Flags = to.Placement.Flags | PlacementFlags.Predicted };
    }

    /// <summary>Where a frame looks for it.</summary>
    public Crop CropAt(double time)
    {
        Crop crop = Now.NextCrop;
        Vector2 shift = IsSeen ? default : _velocity * Coast(time);
        return crop with { CenterX = crop.CenterX + shift.X, CenterY = crop.CenterY + shift.Y };
    }

    /// <summary>How far a reading is from where this hand should be, in sides of its crop, and how much its side speaks against it.</summary>
    public double DistanceTo(Landmarks reading, double time) =>
        (Vector2.Distance(reading.PalmCentre, Now.PalmCentre + (_velocity * Coast(time))) / Now.NextCrop.Width)
        + (OtherSide * Math.Abs(reading.RightProbability - RightProbability));

    /// <summary>Whether a reading can be this hand: as near as it can have come, of about its size, and not surely of the other side.</summary>
    public bool Reaches(Landmarks reading, double time)
    {
        double growth = reading.NextCrop.Width / Now.NextCrop.Width;
        bool isOtherSide = Math.Max(RightProbability, reading.RightProbability) > Sure && Math.Min(RightProbability, reading.RightProbability) < 1 - Sure;
        return !isOtherSide
            && growth is > 1 / MostGrowth and < MostGrowth
            && DistanceTo(reading, time) < Nearby + (NearbyPerSecond * (time - Seen)) + OtherSide;
    }

    private void Advance(Vector2 before, double time)
    {
        Step = Frames > 0 ? time - Seen : 0;
        if (Frames > 0)
        {
            _velocity += (((Now.PalmCentre - before) / (float)Step) - _velocity) * Fresh(Step);
        }
    }

    // What a speed that fades adds up to by now, seconds.
    private float Coast(double time) => (float)(Inertia * (1 - Math.Exp(-(time - Seen) / Inertia)));

    private static float Fresh(double seconds) => (float)(1 - Math.Exp(-seconds / Inertia));
}
