using System.Diagnostics;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// The palm detector and the landmark network at work (docs/systems/mediapipe-hand.md 4): finds hands in stills and reads one
/// crop for the tracker. Also the front end of every other system (section 10).
/// </summary>
internal sealed class HandFinder : IDisposable
{
    /// <summary>Below this presence there is no hand (4.3).</summary>
    public const float LeastPresence = 0.5f;

    // Of 300 hands that the search found 13 had less in their last pass, and of 26 places without a hand 17 (4.6).
    private const float SurePresence = 0.9f;

    private const string DetectStage = "detect";
    private const string LandmarkStage = "landmarks";

    private static readonly double[] _fallbackAngles = [0, Math.PI / 2, Math.PI, 3 * Math.PI / 2];

    // Palms of low score that one look may read.
    private const int MostWeak = 4;

    // Crops as alike as these read alike.
    private const double SameTry = 0.7;
    private const double SameAngle = 0.3;

    private readonly bool _asPublished;
    private readonly PalmNetworks _palms;
    private readonly LandmarkNetworks _hand;
    private readonly SearchLadder? _ladder;
    private readonly Landmarks _trial = new();
    private readonly Landmarks[] _found;
    private readonly Crop[] _tried = new Crop[64];
    private int _tries;

    public HandFinder(Backend backend, TensorMap weights, SessionOptions session, EstimatorOptions options, TensorMap? small = null)
    {
        _asPublished = options.AsPublished;
        _ladder = _asPublished || options.MaxSearch == SearchRung.Frame ? null : new SearchLadder(this, options.MaxSearch);
        _palms = new PalmNetworks(backend, weights, session);
        try
        {
            _hand = new LandmarkNetworks(backend, weights, small, session);
        }
        catch
        {
            _palms.Dispose();
            throw;
        }

        _found = new Landmarks[options.MaxHands];
        for (int i = 0; i < _found.Length; i++)
        {
            _found[i] = new Landmarks();
        }

        Sessions = [new("palm", _palms.Session), .. _hand.Sessions];
    }

    public IReadOnlyList<KeyValuePair<string, Session>> Sessions { get; }

    /// <summary>The hands of the last search.</summary>
    public ReadOnlySpan<Landmarks> Found => _found.AsSpan(0, Count);

    /// <summary>Number of hands found.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is no room for another hand.</summary>
    public bool IsFull => Count == _found.Length;

    /// <summary>Finds hands in a still image: palms, two passes each, and the ladder if that leads nowhere.</summary>
    public void FindAll(ImageView image, Camera camera, HandResult timing)
    {
        Begin();
        int palms = DetectPalms(image, timing);
        for (int i = 0; i < palms && !IsFull; i++)
        {
            Read(image, camera, i, LeastPresence, timing);
        }

        if (Count == 0 && _asPublished)
        {
            ReadTurns(image, camera, timing);
        }
        else if (Count == 0)
        {
            _ladder?.Climb(image, camera, timing);
        }
    }

    /// <summary>Reads the hand in a box that the caller gave: three passes (4.5).</summary>
    public void FindIn(ImageView image, Camera camera, HandBox box, bool isCrop, HandResult timing)
    {
        Begin();
        if (Read(image, camera, HandCrops.FromBox(box, isCrop), 3, timing))
        {
            Keep();
        }
    }

    /// <summary>Takes one more step of the search for a video in which nothing is followed, after <see cref="DetectPalms"/>.</summary>
    public void FindByStep(ImageView image, Camera camera, int step, HandResult timing)
    {
        Begin();
        _ladder?.Step(image, camera, step, timing);
    }

    /// <summary>Looks for palms in the whole frame; <see cref="PalmCrop"/> then gives the crops.</summary>
    public int DetectPalms(ImageView image, HandResult timing)
    {
        Detect(image, HandCrops.WholeImage(image.Width, image.Height, 0), PalmDecoder.LeastScore, timing);
        return _palms.Count;
    }

    /// <summary>Looks for palms in an upright square of the frame.</summary>
    public void Detect(ImageView image, in Crop square, double leastScore, HandResult timing)
    {
        long start = Stopwatch.GetTimestamp();
        _palms.Detect(image, square, leastScore);
        timing.AddTime(DetectStage, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Looks for palms in a square that was made into an input.</summary>
    /// <returns>False if the other size of the detector was asked for and is not there.</returns>
    public bool Detect(ReadOnlySpan<byte> input, in Crop square, double leastScore, bool byOther, HandResult timing)
    {
        long start = Stopwatch.GetTimestamp();
        bool ran = _palms.Detect(input, square, leastScore, byOther);
        timing.AddTime(DetectStage, Stopwatch.GetElapsedTime(start));
        return ran;
    }

    /// <summary>Reads the palms of the last look that have not been read yet, weak ones too.</summary>
    public void ReadWeak(ImageView image, Camera camera, HandResult timing)
    {
        _palms.Decode(SearchLadder.LeastScore);
        int read = 0;
        for (int i = 0; i < _palms.Count && read < MostWeak && !IsFull; i++)
        {
            if (!WasTried(_palms.Crop(i)))
            {
                read++;
                Read(image, camera, i, SurePresence, timing);
            }
        }
    }

    /// <summary>Where to look for the hand of a detected palm.</summary>
    public Crop PalmCrop(int palm) => _palms.Crop(palm);

    /// <summary>Score of a detected palm.</summary>
    public float PalmScore(int palm) => _palms.Score(palm);

    /// <summary>One pass of the landmark network that gives a result. It sees the crop of a view that is turned to it (7.5).</summary>
    /// <returns>Whether there is a hand.</returns>
    public bool ReadOnce(ImageView image, Camera camera, in Crop crop, Landmarks to, HandResult timing) =>
        ReadOnce(image, camera, crop, to, last: true, timing);

    /// <summary>Reads the whole frame in four turns (4.5).</summary>
    public void ReadTurns(ImageView image, Camera camera, HandResult timing)
    {
        timing.UsedFallback = true;
        double best = 0;
        Crop start = default;
        foreach (double angle in _fallbackAngles)
        {
            // No view shows all that a wide lens does.
            ReadImage(image, HandCrops.WholeImage(image.Width, image.Height, angle), _trial, last: false, timing);
            if (_trial.Presence > best)
            {
                best = _trial.Presence;
                start = _trial.NextCrop;
            }
        }

        if (best >= LeastPresence && ReadOnce(image, camera, start, _trial, timing))
        {
            Keep();
        }
    }

    public void Dispose()
    {
        _palms.Dispose();
        _hand.Dispose();
    }

    private void Begin() => (Count, _tries) = (0, 0);

    private bool ReadOnce(ImageView image, Camera camera, in Crop crop, Landmarks to, bool last, HandResult timing)
    {
        if (camera.Projection is null && _asPublished)
        {
            return ReadImage(image, crop, to, last, timing);
        }

        if (!TurnedView.TryLookAt(camera, crop.CenterX, crop.CenterY, out TurnedView view))
        {
            to.Presence = 0;
            return false;
        }

        return ReadView(image, camera, crop, view, to, last, timing);
    }

    private bool ReadImage(ImageView image, in Crop crop, Landmarks to, bool last, HandResult timing)
    {
        long start = Stopwatch.GetTimestamp();
        _hand.Run(image, crop.Sampling(HandLandmarks.InputSize).ToMatrix(), last);
        to.Crop = crop;
        to.View = null;
        to.LeavesLens = false;
        LandmarkDecoder.Decode(_hand.Screen, _hand.World, crop, to.Uv, to.Z, to.World);
        to.Uv.CopyTo(to.ViewUv, 0);
        to.NextCrop = HandCrops.FromLandmarks(to.Uv);
        return Finish(to, timing, start);
    }

    private bool ReadView(ImageView image, Camera camera, in Crop crop, in TurnedView view, Landmarks to, bool last, HandResult timing)
    {
        long start = Stopwatch.GetTimestamp();
        Crop inView = view.CropOf(crop);
        _hand.Run(image with { Projection = camera.Projection }, view.Sampling(inView, HandLandmarks.InputSize, camera), last);
        to.Crop = crop;
        to.View = view;
        LandmarkDecoder.Decode(_hand.Screen, _hand.World, inView, to.ViewUv, to.Z, to.World);
        to.LeavesLens = !view.ToImage(camera, crop, to.ViewUv, to.Uv);
        to.NextCrop = view.TryCropOfImage(camera, HandCrops.FromLandmarks(to.ViewUv), out Crop next) ? next : HandCrops.FromLandmarks(to.Uv);
        return Finish(to, timing, start);
    }

    private bool Finish(Landmarks to, HandResult timing, long start)
    {
        to.PalmScore = null;
        to.Presence = _hand.Presence;
        to.RightProbability = _hand.RightProbability;
        timing.AddTime(LandmarkStage, Stopwatch.GetElapsedTime(start));
        return to.Presence >= LeastPresence;
    }

    private void Read(ImageView image, Camera camera, int palm, float leastPresence, HandResult timing)
    {
        Crop crop = _palms.Crop(palm);
        if (_tries < _tried.Length)
        {
            _tried[_tries++] = crop;
        }

        if (Read(image, camera, crop, 2, timing) && _trial.Presence >= leastPresence)
        {
            _trial.PalmScore = _palms.Score(palm);
            Keep();
        }
    }

    private bool WasTried(in Crop crop)
    {
        foreach (ref readonly Crop tried in _tried.AsSpan(0, _tries))
        {
            if (crop.UprightOverlap(tried) > SameTry && Math.Abs(Math.IEEERemainder(crop.Angle - tried.Angle, 2 * Math.PI)) < SameAngle)
            {
                return true;
            }
        }

        return false;
    }

    private bool Read(ImageView image, Camera camera, Crop crop, int passes, HandResult timing)
    {
        for (int pass = 0; pass < passes; pass++)
        {
            if (!ReadOnce(image, camera, crop, _trial, last: pass == passes - 1, timing))
            {
                return false;
            }

            crop = _trial.NextCrop;
        }

        return true;
    }

    // Two palms may lead to one hand: the reading with the higher presence stays, and of one within the other the larger (4.3).
    private void Keep()
    {
        for (int i = 0; i < Count; i++)
        {
            if (!HandCrops.AreSame(_found[i], _trial))
            {
                continue;
            }

            bool isBetter = HandCrops.AreSame(_found[i].Crop, _trial.Crop)
                ? _trial.Presence > _found[i].Presence
                : _trial.Crop.Width > _found[i].Crop.Width;
            if (isBetter)
            {
                _trial.CopyTo(_found[i]);
            }

            return;
        }

        _trial.CopyTo(_found[Count++]);
    }
}
