using System.Diagnostics;
using HandMeshEngine.Estimation;

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

    // Of a mirrored crop, and how far its keypoints may be from the others by the crop's side: of 272 hands one in a hundred is below, or
    // farther off (4.6).
    private const float MirroredPresence = 0.8f;
    private const double MostApart = 0.12;

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
    private readonly CropReader _reader;
    private readonly Landmarks _trial = new();
    private readonly Landmarks _mirrored = new();
    private readonly Landmarks[] _found;
    private readonly Reading[] _one = new Reading[1];
    private readonly int _maxHands;
    private readonly Reading[] _followed;
    private Reading[] _readings = [];
    private int _readingCount;
    private int[] _unboxed = [];
    private int[] _palmCounts = [];
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

        _reader = new CropReader(_hand, _asPublished);
        _maxHands = options.MaxHands;
        _followed = new Reading[_maxHands];
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

    /// <summary>Opens what calls of so many images need.</summary>
    public void Prepare(int images)
    {
        _palms.Prepare(images);
        _hand.Prepare(images * _maxHands);
    }

    /// <summary>
    /// Looks at all images of a call: palms and two passes each, or three passes of a box that the caller gave (4.5). Crops of all images
    /// are read together; <see cref="Take(FrameSet, int)"/> then says what was found in one of them.
    /// </summary>
    /// <param name="frames">The images.</param>
    /// <param name="leavesKnown">Leave out those whose box and side are both given.</param>
    public void Look(FrameSet frames, bool leavesKnown)
    {
        MakeRoom(frames.Count);
        int unboxed = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            if (frames.Known(i).Box is null)
            {
                _unboxed[unboxed++] = i;
            }
        }

        _readingCount = 0;
        for (int first = 0; first < unboxed;)
        {
            long start = Stopwatch.GetTimestamp();
            int looked = _palms.Detect(frames, _unboxed.AsSpan(first, unboxed - first));
            for (int item = 0; item < looked; item++)
            {
                int frame = _unboxed[first + item];
                _palms.Take(frames, frame, item);
                _palmCounts[frame] = _palms.Count;
                for (int palm = 0; palm < Math.Min(_palms.Count, _maxHands); palm++)
                {
                    Add(frame, _palms.Crop(palm), passes: 2, _palms.Score(palm));
                }
            }

            first += looked;
            frames.AddTime(DetectStage, Stopwatch.GetElapsedTime(start));
        }

        for (int i = 0; i < frames.Count; i++)
        {
            if (frames.Known(i) is { Box: { } box } known && !(leavesKnown && known.Handedness is not null))
            {
                Add(i, HandCrops.FromBox(box, known.BoxIsCrop), passes: 3, null);
            }
        }

        Read(frames, _readings.AsSpan(0, _readingCount));
    }

    /// <summary>The hands of one of the images; where its palms led nowhere, the search goes on (4.6).</summary>
    public void Take(FrameSet frames, int frame)
    {
        Begin();
        foreach (ref Reading reading in _readings.AsSpan(0, _readingCount))
        {
            if (reading.Frame == frame)
            {
                Take(reading);
            }
        }

        if (frames.Known(frame).Box is not null)
        {
            return;
        }

        ImageView image = frames.Image(frame);
        Camera camera = frames.Camera(frame);
        RunRecord run = frames.Run(frame);
        int palms = _palmCounts[frame];
        if (frames.Count > 1 && (Count == 0 || (!IsFull && palms > _maxHands)))
        {
            DetectPalms(image, run); // the last look was at another image
        }

        for (int i = _maxHands; i < palms && !IsFull; i++)
        {
            Read(image, camera, i, isSure: true, run);
        }

        if (Count == 0 && _asPublished)
        {
            ReadTurns(image, camera, run);
        }
        else if (Count == 0)
        {
            _ladder?.Climb(image, camera, run);
        }
    }

    /// <summary>Reads the hand in a box that the caller gave: three passes (4.5).</summary>
    public void FindIn(ImageView image, Camera camera, HandBox box, bool isCrop, RunRecord run)
    {
        Begin();
        if (Read(image, camera, HandCrops.FromBox(box, isCrop), 3, run))
        {
            Keep(_trial);
        }
    }

    /// <summary>Takes one more step of the search for a video in which nothing is followed, after <see cref="DetectPalms"/>.</summary>
    public void FindByStep(ImageView image, Camera camera, int step, RunRecord run)
    {
        Begin();
        _ladder?.Step(image, camera, step, run);
    }

    /// <summary>Looks for palms in the whole frame; <see cref="PalmCrop"/> then gives the crops.</summary>
    public int DetectPalms(ImageView image, RunRecord run)
    {
        Detect(image, HandCrops.WholeImage(image.Width, image.Height, 0), PalmDecoder.LeastScore, run);
        return _palms.Count;
    }

    /// <summary>Looks for palms in an upright square of the frame.</summary>
    public void Detect(ImageView image, in Crop square, double leastScore, RunRecord run)
    {
        long start = Stopwatch.GetTimestamp();
        _palms.Detect(image, square, leastScore);
        run.AddTime(DetectStage, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Looks for palms in a square that was made into an input.</summary>
    /// <returns>False if the other size of the detector was asked for and is not there.</returns>
    public bool Detect(ReadOnlySpan<byte> input, in Crop square, double leastScore, bool byOther, RunRecord run)
    {
        long start = Stopwatch.GetTimestamp();
        bool ran = _palms.Detect(input, square, leastScore, byOther);
        run.AddTime(DetectStage, Stopwatch.GetElapsedTime(start));
        return ran;
    }

    /// <summary>Reads the palms of the last look that have not been read yet, weak ones too.</summary>
    public void ReadWeak(ImageView image, Camera camera, RunRecord run)
    {
        _palms.Decode(SearchLadder.LeastScore);
        int read = 0;
        for (int i = 0; i < _palms.Count && read < MostWeak && !IsFull; i++)
        {
            if (!WasTried(_palms.Crop(i)))
            {
                read++;
                Read(image, camera, i, isSure: false, run);
            }
        }
    }

    /// <summary>Where to look for the hand of a detected palm.</summary>
    public Crop PalmCrop(int palm) => _palms.Crop(palm);

    /// <summary>Score of a detected palm.</summary>
    public float PalmScore(int palm) => _palms.Score(palm);

    /// <summary>One pass of the landmark network that gives a result. It sees the crop of a view that is turned to it (7.5).</summary>
    /// <returns>Whether there is a hand.</returns>
    public bool ReadOnce(ImageView image, Camera camera, in Crop crop, Landmarks to, RunRecord run)
    {
        _one[0] = new Reading { Crop = crop, Passes = 1, To = to };
        Read(new FrameSet(image, camera, PredictOptions.None, run), _one);
        return _one[0].IsHand;
    }

    /// <summary>One pass for each hand of a video that is looked for, from where it should be; <see cref="TrackedHand.Reading"/> has it.</summary>
    public void ReadOnce(ImageView image, Camera camera, ReadOnlySpan<TrackedHand> hands, double time, RunRecord run)
    {
        int count = 0;
        foreach (TrackedHand hand in hands)
        {
            if (!hand.IsByMesh)
            {
                _followed[count++] = new Reading { Crop = hand.CropAt(time), Passes = 1, To = hand.Reading };
            }
        }

        Read(new FrameSet(image, camera, PredictOptions.None, run), _followed.AsSpan(0, count));
    }

    /// <summary>Reads the whole frame in four turns (4.5).</summary>
    public void ReadTurns(ImageView image, Camera camera, RunRecord run)
    {
        run.UsedFallback = true;
        double best = 0;
        Crop start = default;
        foreach (double angle in _fallbackAngles)
        {
            // No view shows all that a wide lens does.
            _one[0] = new Reading { Crop = HandCrops.WholeImage(image.Width, image.Height, angle), Passes = 2, To = _trial, IsFlat = true };
            long began = Stopwatch.GetTimestamp();
            _reader.Pass(new FrameSet(image, camera, PredictOptions.None, run), _one, left: 2);
            run.AddTime(LandmarkStage, Stopwatch.GetElapsedTime(began));
            if (_trial.Presence > best)
            {
                best = _trial.Presence;
                start = _trial.NextCrop;
            }
        }

        if (best >= LeastPresence && ReadOnce(image, camera, start, _trial, run))
        {
            Keep(_trial);
        }
    }

    public void Dispose()
    {
        _palms.Dispose();
        _hand.Dispose();
    }

    private void Begin() => (Count, _tries) = (0, 0);

    private void MakeRoom(int images)
    {
        if (_palmCounts.Length < images)
        {
            (_palmCounts, _unboxed) = (new int[images], new int[images]);
            _readings = new Reading[images * _maxHands];
            for (int i = 0; i < _readings.Length; i++)
            {
                _readings[i].To = new Landmarks();
            }
        }
    }

    private void Add(int frame, in Crop crop, int passes, float? palmScore)
    {
        ref Reading reading = ref _readings[_readingCount++];
        reading = new Reading { Frame = frame, Crop = crop, Start = crop, Passes = passes, PalmScore = palmScore, To = reading.To };
    }

    private void Read(FrameSet frames, Span<Reading> readings)
    {
        if (!readings.IsEmpty)
        {
            long start = Stopwatch.GetTimestamp();
            _reader.Read(frames, readings);
            frames.AddTime(LandmarkStage, Stopwatch.GetElapsedTime(start));
        }
    }

    private void Take(in Reading reading)
    {
        if (reading.PalmScore is not null)
        {
            Note(reading.Start);
        }

        if (reading.IsHand)
        {
            reading.To.PalmScore = reading.PalmScore;
            Keep(reading.To);
        }
    }

    private void Read(ImageView image, Camera camera, int palm, bool isSure, RunRecord run)
    {
        Crop crop = _palms.Crop(palm);
        Note(crop);
        if (Read(image, camera, crop, 2, run) && (isSure || (_trial.Presence >= SurePresence && HoldsInMirror(image, camera, run))))
        {
            _trial.PalmScore = _palms.Score(palm);
            Keep(_trial);
        }
    }

    private void Note(in Crop crop)
    {
        if (_tries < _tried.Length)
        {
            _tried[_tries++] = crop;
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

    private bool Read(ImageView image, Camera camera, Crop crop, int passes, RunRecord run)
    {
        _one[0] = new Reading { Crop = crop, Passes = passes, To = _trial };
        Read(new FrameSet(image, camera, PredictOptions.None, run), _one);
        return _one[0].IsHand;
    }

    // The networks err otherwise on a mirrored hand: the side is what both readings say together, and what is none seldom holds twice (4.6).
    private bool HoldsInMirror(ImageView image, Camera camera, RunRecord run)
    {
        _one[0] = new Reading { Crop = _trial.Crop, Passes = 1, To = _mirrored, IsMirrored = true };
        Read(new FrameSet(image, camera, PredictOptions.None, run), _one);
        _trial.RightProbability = (_trial.RightProbability + _mirrored.RightProbability) / 2;
        double apart = 0;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            apart += Vector2.Distance(_trial.ViewUv[i], _mirrored.ViewUv[i]);
        }

        return _mirrored.Presence >= MirroredPresence && apart <= MostApart * HandMesh.JointCount * _trial.Crop.Width;
    }

    // Two palms may lead to one hand: the reading with the higher presence stays, and of one within the other the larger (4.3).
    private void Keep(Landmarks read)
    {
        for (int i = 0; i < Count; i++)
        {
            if (!HandCrops.AreSame(_found[i], read))
            {
                continue;
            }

            bool isBetter = HandCrops.AreSame(_found[i].Crop, read.Crop)
                ? read.Presence > _found[i].Presence
                : read.Crop.Width > _found[i].Crop.Width;
            if (isBetter)
            {
                read.CopyTo(_found[i]);
            }

            return;
        }

        read.CopyTo(_found[Count++]);
    }
}
