using HandMeshEngine.Estimation;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>The hands of a video from frame to frame (docs/tracking.md 2, docs/systems/mediapipe-hand.md 4.4).</summary>
internal sealed class HandTrack
{
    /// <summary>Frames until a track is sure to be one: of two on one hand a younger one was never another hand, and its side is any reading's.</summary>
    public const int Settled = 5;

    private readonly TrackedHand[] _hands;
    private readonly Crop[] _crops;
    private readonly Landmarks _reading = new();
    private readonly TrackerOptions _options;
    private readonly bool _usesSizePrior;
    private int _count;
    private int _nextId;
    private int _step;

    /// <param name="options">Checked.</param>
    /// <param name="usesSizePrior">Sizes start from an adult's.</param>
    /// <param name="hands">Where each hand keeps its last mesh: as many as are followed.</param>
    public HandTrack(TrackerOptions options, bool usesSizePrior, HandMesh[] hands)
    {
        _options = options;
        _usesSizePrior = usesSizePrior;
        _hands = new TrackedHand[hands.Length];
        _crops = new Crop[hands.Length];
        for (int i = 0; i < hands.Length; i++)
        {
            _hands[i] = new TrackedHand(hands[i], options.Smoothing is { } smoothing ? new Rig.HandFilter(smoothing, hands[i].Vertices.Length) : null);
        }
    }

    /// <summary>The hands that are followed, by id; not all of them are seen.</summary>
    public ReadOnlySpan<TrackedHand> Hands => _hands.AsSpan(0, _count);

    /// <summary>When the last frame was taken.</summary>
    public TimeSpan? Time { get; private set; }

    /// <summary>The same in seconds.</summary>
    public double Now => Time?.TotalSeconds ?? 0;

    public void Reset() => (_count, Time) = (0, null);

    /// <summary>A frame comes, with its time or the frame rate's.</summary>
    /// <exception cref="ArgumentException">The time does not come after the last one.</exception>
    public void Tick(TimeSpan? time)
    {
        if (time is { } given && given <= Time)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"a frame of {given.TotalSeconds} s cannot follow one of {Time.Value.TotalSeconds} s: times must rise; leave late frames out, or Reset the tracker for another video"));
        }

        Time = time ?? (Time is { } last ? last + TimeSpan.FromSeconds(1 / _options.FrameRate) : TimeSpan.Zero);
    }

    /// <summary>One pass for each hand that is followed; palms only when there is room for more.</summary>
    public void Advance(HandFinder finder, ImageView image, Camera camera, PredictOptions options, RunRecord run)
    {
        if (options.Box is { } box)
        {
            finder.FindIn(image, camera, box, options.BoxIsCrop, run);
            TakeOnly(finder, options);
            return;
        }

        Look(finder, image, camera, run);

        Settle();
        foreach (TrackedHand hand in Hands)
        {
            Take(hand);
        }

        if (Seen() < _hands.Length)
        {
            Discover(finder, image, camera, options, run);
        }

        Forget();
    }

    // The caller knows where the one hand is.
    private void TakeOnly(HandFinder finder, PredictOptions options)
    {
        _count = Math.Min(_count, 1);
        if (finder.Count > 0)
        {
            if (_count == 0)
            {
                Begin(finder.Found[0], options);
            }
            else
            {
                _hands[0].Follow(finder.Found[0], Now);
            }
        }
        else if (_count > 0)
        {
            _hands[0].Miss(0);
            Forget();
        }
    }

    // Where each hand was, or where it should have gone since. Out of sight it is found again only where it can be.
    private void Look(HandFinder finder, ImageView image, Camera camera, RunRecord run)
    {
        foreach (TrackedHand hand in Hands)
        {
            hand.IsByMesh = hand.MeshAgrees && hand.HasLast && hand.IsSeen && Now - hand.Looked < _options.BoxFromMesh.TotalSeconds;
        }

        finder.ReadOnce(image, camera, Hands, Now, run);
        foreach (TrackedHand hand in Hands)
        {
            hand.HasReading = !hand.IsByMesh && hand.Reading.Presence >= HandFinder.LeastPresence && (hand.IsSeen || hand.Reaches(hand.Reading, Now));
        }
    }

    // Hands that cross may each be read as the other, or both as one: what moves on as it did and has its side is the same hand.
    public void Settle()
    {
        for (int i = 0; i < _count; i++)
        {
            for (int k = i + 1; k < _count; k++)
            {
                TrackedHand older = _hands[i], younger = _hands[k];
                if (!older.HasReading || !younger.HasReading)
                {
                    continue;
                }

                double own = older.DistanceTo(older.Reading, Now), others = younger.DistanceTo(younger.Reading, Now);
                if (HandCrops.AreSame(older.Reading, younger.Reading))
                {
                    // A track this young was never another hand.
                    bool wasNone = younger.Frames < Settled;
                    (wasNone || own <= others ? younger : older).HasReading = false;
                    younger.IsGivenUp = wasNone;
                }
                else if (older.DistanceTo(younger.Reading, Now) + younger.DistanceTo(older.Reading, Now) < own + others)
                {
                    (older.Reading, younger.Reading) = (younger.Reading, older.Reading);
                }
            }
        }
    }

    public void Take(TrackedHand hand)
    {
        if (hand.IsByMesh)
        {
            hand.FollowMesh(Now);
        }
        else if (hand.HasReading)
        {
            hand.Follow(hand.Reading, Now);
        }
        else
        {
            hand.Miss(hand.Reading.Presence < HandFinder.LeastPresence ? hand.Reading.Presence : 0);
        }
    }

    private int Seen()
    {
        int seen = 0;
        for (int i = 0; i < _count; i++)
        {
            seen += _hands[i].IsSeen ? 1 : 0;
        }

        return seen;
    }

    private void Discover(HandFinder finder, ImageView image, Camera camera, PredictOptions options, RunRecord run)
    {
        int palms = finder.DetectPalms(image, run);
        for (int i = 0; i < palms && Seen() < _hands.Length; i++)
        {
            int known = 0;
            for (int k = 0; k < _count; k++)
            {
                if (_hands[k].IsSeen)
                {
                    _crops[known++] = _hands[k].Now.NextCrop;
                }
            }

            Crop crop = finder.PalmCrop(i);
            if (!HandCrops.IsAmong(crop, _crops.AsSpan(0, known)) && finder.ReadOnce(image, camera, crop, _reading, run))
            {
                _reading.PalmScore = finder.PalmScore(i);
                Meet(_reading, options);
            }
        }

        if (Seen() == 0)
        {
            finder.FindByStep(image, camera, _step++, run);
            foreach (Landmarks found in finder.Found)
            {
                Meet(found, options);
            }
        }
    }

    // A hand that nobody followed into this frame: the part of one that is followed, one that was out of sight, or a new one.
    public void Meet(Landmarks reading, PredictOptions options)
    {
        TrackedHand? returning = null;
        double least = double.PositiveInfinity;
        for (int i = 0; i < _count; i++)
        {
            if (_hands[i].IsSeen)
            {
                if (HandCrops.AreSame(_hands[i].Now, reading))
                {
                    return;
                }
            }
            else if (_hands[i].Reaches(reading, Now) && _hands[i].DistanceTo(reading, Now) < least)
            {
                (returning, least) = (_hands[i], _hands[i].DistanceTo(reading, Now));
            }
        }

        if (returning is not null)
        {
            returning.Follow(reading, Now);
        }
        else if (_count < _hands.Length || MakeRoom())
        {
            Begin(reading, options);
        }
    }

    // A hand that is seen is worth more than the one that has been out of sight for longest.
    private bool MakeRoom()
    {
        TrackedHand? longest = null;
        for (int i = 0; i < _count; i++)
        {
            longest = !_hands[i].IsSeen && (longest is null || _hands[i].Seen < longest.Seen) ? _hands[i] : longest;
        }

        if (longest is not null)
        {
            longest.IsGivenUp = true;
            Forget();
        }

        return longest is not null;
    }

    // Drops who has been out of sight for too long; the others keep their order.
    public void Forget()
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            TrackedHand hand = _hands[i];
            if (hand.IsSeen || (!hand.IsGivenUp && Now - hand.Seen <= _options.Patience.TotalSeconds && _options.Patience > TimeSpan.Zero))
            {
                (_hands[kept], _hands[i]) = (hand, _hands[kept]);
                kept++;
            }
        }

        _count = kept;
    }

    private double? FirstSize(PredictOptions options) => _usesSizePrior && options.UsesSizePrior ? PredictOptions.AdultHandSize : null;

    private void Begin(Landmarks reading, PredictOptions options)
    {
        TrackedHand hand = _hands[_count++];
        hand.Begin(_nextId++, FirstSize(options));
        hand.Follow(reading, Now);
    }
}
