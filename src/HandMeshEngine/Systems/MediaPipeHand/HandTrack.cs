namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>The hands of a video from frame to frame (docs/systems/mediapipe-hand.md 4.4).</summary>
internal sealed class HandTrack
{
    private readonly TrackedHand[] _hands;
    private readonly Crop[] _crops;
    private readonly bool _usesSizePrior;
    private int _count;
    private int _nextId;
    private int _step;

    public HandTrack(int maxHands, bool usesSizePrior)
    {
        _usesSizePrior = usesSizePrior;
        _hands = new TrackedHand[maxHands];
        _crops = new Crop[maxHands];
        for (int i = 0; i < maxHands; i++)
        {
            _hands[i] = new TrackedHand();
        }
    }

    /// <summary>The hands of the last frame, by id.</summary>
    public ReadOnlySpan<TrackedHand> Hands => _hands.AsSpan(0, _count);

    public void Reset() => _count = 0;

    /// <summary>One pass for each hand that is followed; palms only when there is room for more.</summary>
    public void Advance(HandFinder finder, ImageView image, Camera camera, PredictOptions options, HandResult timing)
    {
        if (options.Box is { } box)
        {
            finder.FindIn(image, camera, box, options.BoxIsCrop, timing);
            TakeOnly(finder, options);
            return;
        }

        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            TrackedHand hand = _hands[i];
            if (finder.ReadOnce(image, camera, hand.NextCrop, hand.Now, timing) && !Doubles(hand, kept))
            {
                hand.Follow();
                (_hands[kept], _hands[i]) = (_hands[i], _hands[kept]);
                kept++;
            }
        }

        _count = kept;
        if (_count < _hands.Length)
        {
            Discover(finder, image, camera, options, timing);
        }
    }

    // The caller knows where the one hand is; it keeps its id for as long as there is a hand in the box.
    private void TakeOnly(HandFinder finder, PredictOptions options)
    {
        if (finder.Count == 0)
        {
            _count = 0;
            return;
        }

        TrackedHand hand = _hands[0];
        if (_count == 0)
        {
            hand.Begin(_nextId++, finder.Found[0].Crop, FirstSize(options));
        }

        finder.Found[0].CopyTo(hand.Now);
        hand.Follow();
        _count = 1;
    }

    // Two tracks that slide onto one hand: the older one stays.
    private bool Doubles(TrackedHand hand, int kept)
    {
        for (int i = 0; i < kept; i++)
        {
            if (HandCrops.AreSame(_hands[i].Now, hand.Now))
            {
                return true;
            }
        }

        return false;
    }

    private void Discover(HandFinder finder, ImageView image, Camera camera, PredictOptions options, HandResult timing)
    {
        int palms = finder.DetectPalms(image, timing);
        for (int i = 0; i < palms && _count < _hands.Length; i++)
        {
            for (int k = 0; k < _count; k++)
            {
                _crops[k] = _hands[k].NextCrop;
            }

            Crop crop = finder.PalmCrop(i);
            TrackedHand hand = _hands[_count];
            if (HandCrops.IsAmong(crop, _crops.AsSpan(0, _count)) || !finder.ReadOnce(image, camera, crop, hand.Now, timing))
            {
                continue;
            }

            Begin(hand, crop, finder.PalmScore(i), options);
        }

        if (_count == 0)
        {
            Search(finder, image, camera, options, timing);
        }
    }

    private void Search(HandFinder finder, ImageView image, Camera camera, PredictOptions options, HandResult timing)
    {
        finder.FindByStep(image, camera, _step++, timing);
        foreach (Landmarks found in finder.Found)
        {
            TrackedHand hand = _hands[_count];
            found.CopyTo(hand.Now);
            Begin(hand, found.Crop, found.PalmScore, options);
        }
    }

    private double? FirstSize(PredictOptions options) => _usesSizePrior && options.UsesSizePrior ? PredictOptions.AdultHandSize : null;

    private void Begin(TrackedHand hand, in Crop crop, float? palmScore, PredictOptions options)
    {
        hand.Begin(_nextId++, crop, FirstSize(options));
        hand.Now.PalmScore = palmScore;
        hand.Follow();
        _count++;
    }
}
