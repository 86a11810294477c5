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

    private const string DetectStage = "detect";
    private const string LandmarkStage = "landmarks";

    private static readonly double[] _fallbackAngles = [0, Math.PI / 2, Math.PI, 3 * Math.PI / 2];

    private readonly bool _turnsView;
    private readonly Session _palm;
    private readonly Session _hand;
    private readonly PalmDecoder _decoder = new();
    private readonly Landmarks _trial = new();
    private readonly Landmarks[] _found;

    public HandFinder(Backend backend, TensorMap weights, SessionOptions options, int maxHands, bool turnsView = false)
    {
        _turnsView = turnsView;
        _palm = backend.Open(PalmDetector.Build(weights), options);
        try
        {
            _hand = backend.Open(HandLandmarks.Build(weights, crops: 1), options);
        }
        catch
        {
            _palm.Dispose();
            throw;
        }

        _found = new Landmarks[maxHands];
        for (int i = 0; i < maxHands; i++)
        {
            _found[i] = new Landmarks();
        }

        Sessions = [new("palm", _palm), new("hand", _hand)];
    }

    public IReadOnlyList<KeyValuePair<string, Session>> Sessions { get; }

    /// <summary>The hands of the last <see cref="FindAll"/> or <see cref="FindIn"/>.</summary>
    public ReadOnlySpan<Landmarks> Found => _found.AsSpan(0, Count);

    /// <summary>Number of hands found.</summary>
    public int Count { get; private set; }

    /// <summary>Finds hands in a still image: palms, two passes each, and the fallback if that leads nowhere.</summary>
    public void FindAll(ImageView image, Camera camera, HandResult timing)
    {
        Count = 0;
        int palms = DetectPalms(image, timing);
        for (int i = 0; i < palms && Count < _found.Length; i++)
        {
            if (Read(image, camera, _decoder.Crop(i), 2, timing))
            {
                _trial.PalmScore = _decoder.Score(i);
                Keep();
            }
        }

        if (Count == 0)
        {
            timing.UsedFallback = true;
            FallBack(image, camera, timing);
        }
    }

    /// <summary>Reads the hand in a box that the caller gave: three passes (4.5).</summary>
    public void FindIn(ImageView image, Camera camera, HandBox box, bool isCrop, HandResult timing)
    {
        Count = 0;
        if (Read(image, camera, HandCrops.FromBox(box, isCrop), 3, timing))
        {
            Keep();
        }
    }

    /// <summary>Runs the palm detector; <see cref="PalmCrop"/> then gives the crops.</summary>
    public int DetectPalms(ImageView image, HandResult timing)
    {
        long start = Stopwatch.GetTimestamp();
        HandCrops.WholeImage(image.Width, image.Height, 0).Sampling(PalmDetector.InputSize).ToMatrix().CopyTo(_palm.Input<double>("matrix"));
        _palm.Run(image);
        int count = _decoder.Decode(_palm.Output("boxes"), _palm.Output("scores"), image.Width, image.Height);
        timing.AddTime(DetectStage, Stopwatch.GetElapsedTime(start));
        return count;
    }

    /// <summary>Where to look for the hand of a detected palm.</summary>
    public Crop PalmCrop(int palm) => _decoder.Crop(palm);

    /// <summary>Score of a detected palm.</summary>
    public float PalmScore(int palm) => _decoder.Score(palm);

    /// <summary>One pass of the landmark network. Behind a lens it sees the crop of a view that is turned to it.</summary>
    /// <returns>Whether there is a hand.</returns>
    public bool ReadOnce(ImageView image, Camera camera, in Crop crop, Landmarks to, HandResult timing)
    {
        if (camera.Projection is null && !_turnsView)
        {
            return ReadImage(image, crop, to, timing);
        }

        if (!TurnedView.TryLookAt(camera, crop.CenterX, crop.CenterY, out TurnedView view))
        {
            to.Presence = 0;
            return false;
        }

        return ReadView(image, camera, crop, view, to, timing);
    }

    private bool ReadImage(ImageView image, in Crop crop, Landmarks to, HandResult timing)
    {
        long start = Stopwatch.GetTimestamp();
        crop.Sampling(HandLandmarks.InputSize).ToMatrix().CopyTo(_hand.Input<double>("matrix"));
        _hand.Run(image);
        to.Crop = crop;
        to.View = null;
        to.LeavesLens = false;
        LandmarkDecoder.Decode(_hand.Output("screen"), _hand.Output("world"), crop, to.Uv, to.Z, to.World);
        to.Uv.CopyTo(to.ViewUv, 0);
        return Finish(to, timing, start);
    }

    private bool ReadView(ImageView image, Camera camera, in Crop crop, in TurnedView view, Landmarks to, HandResult timing)
    {
        long start = Stopwatch.GetTimestamp();
        Crop inView = view.CropOf(crop);
        view.Sampling(inView, HandLandmarks.InputSize, camera).CopyTo(_hand.Input<double>("matrix"));
        _hand.Run(image with { Projection = camera.Projection });
        to.Crop = crop;
        to.View = view;
        LandmarkDecoder.Decode(_hand.Output("screen"), _hand.Output("world"), inView, to.ViewUv, to.Z, to.World);
        to.LeavesLens = !view.ToImage(camera, crop, to.ViewUv, to.Uv);
        return Finish(to, timing, start);
    }

    private bool Finish(Landmarks to, HandResult timing, long start)
    {
        to.PalmScore = null;
        to.Presence = _hand.Output("presence")[0];
        to.RightProbability = _hand.Output("right_hand")[0];
        timing.AddTime(LandmarkStage, Stopwatch.GetElapsedTime(start));
        return to.Presence >= LeastPresence;
    }

    public void Dispose()
    {
        _palm.Dispose();
        _hand.Dispose();
    }

    private bool Read(ImageView image, Camera camera, Crop crop, int passes, HandResult timing)
    {
        for (int pass = 0; pass < passes; pass++)
        {
            if (!ReadOnce(image, camera, crop, _trial, timing))
            {
                return false;
            }

            crop = _trial.NextCrop;
        }

        return true;
    }

    // Two palms may lead to one hand: the reading with the higher presence stays (4.4b).
    private void Keep()
    {
        for (int i = 0; i < Count; i++)
        {
            if (HandCrops.AreSame(_found[i].Crop, _trial.Crop))
            {
                if (_trial.Presence > _found[i].Presence)
                {
                    _trial.CopyTo(_found[i]);
                }

                return;
            }
        }

        _trial.CopyTo(_found[Count++]);
    }

    private void FallBack(ImageView image, Camera camera, HandResult timing)
    {
        double best = 0;
        Crop start = default;
        foreach (double angle in _fallbackAngles)
        {
            // No view shows all that a wide lens does.
            ReadImage(image, HandCrops.WholeImage(image.Width, image.Height, angle), _trial, timing);
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
}
