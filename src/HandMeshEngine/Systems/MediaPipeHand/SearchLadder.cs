namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// What is tried, rung by rung, where the palms of the whole frame led to no hand (docs/systems/mediapipe-hand.md 4.6). The landmark
/// network judges: its presence must hold in two passes.
/// </summary>
internal sealed class SearchLadder(HandFinder finder, SearchRung most)
{
    /// <summary>Palms from this score on are read; textured frames without hands have some, none of which passes the presence.</summary>
    public const double LeastScore = 0.1;

    private readonly TreatedFrame _treated = new();

    /// <summary>Searches a still until a rung finds hands.</summary>
    public void Climb(ImageView image, Camera camera, HandResult result)
    {
        if (Tries(SearchRung.LowScores, result))
        {
            finder.ReadWeak(image, camera, result);
        }

        bool isHard = false;
        if (finder.Count == 0 && most >= SearchRung.Treated)
        {
            _treated.Prepare(image);
            isHard = _treated.IsHard;
        }

        if (!isHard && Tries(SearchRung.Tiles, result))
        {
            Level(image, camera, 0, Way.Plain, result);
        }

        if (Tries(SearchRung.Treated, result))
        {
            LookTreated(image, camera, Whole(image), false, result);
            Level(image, camera, 0, Way.Treated, result);
        }

        for (int level = 1; level < FrameTiles.Levels; level++)
        {
            if (Tries(isHard ? SearchRung.Treated : SearchRung.Tiles, result))
            {
                Level(image, camera, level, isHard ? Way.Treated : Way.Plain, result);
            }
        }

        if (Tries(SearchRung.SecondDetector, result))
        {
            LookTreated(image, camera, Whole(image), true, result);
            Level(image, camera, 0, Way.SecondDetector, result);
        }

        if (Tries(SearchRung.Turns, result))
        {
            finder.ReadTurns(image, camera, result);
        }
    }

    /// <summary>One step for a frame of a video in which nothing is followed: a tile in turn, in the way that suits the frame.</summary>
    public void Step(ImageView image, Camera camera, int step, HandResult result)
    {
        if (Tries(SearchRung.LowScores, result))
        {
            finder.ReadWeak(image, camera, result);
        }

        if (!Tries(SearchRung.Tiles, result))
        {
            return;
        }

        int tiles = 0;
        for (int level = 0; level < FrameTiles.Levels; level++)
        {
            tiles += FrameTiles.Count(image.Width, image.Height, level, ofVideo: true);
        }

        int turn = step % (tiles + 1);
        Crop square = Whole(image);
        for (int level = 0; level < FrameTiles.Levels && turn > 0; level++)
        {
            int count = FrameTiles.Count(image.Width, image.Height, level, ofVideo: true);
            square = turn <= count ? FrameTiles.Tile(image.Width, image.Height, level, turn - 1) : square;
            turn = turn <= count ? 0 : turn - count;
        }

        if (!Tries(SearchRung.Treated, result))
        {
            LookPlain(image, camera, square, result);
            return;
        }

        _treated.Prepare(image);
        if (_treated.IsHard || square.Width >= Math.Max(image.Width, image.Height))
        {
            LookTreated(image, camera, square, false, result);
        }
        else
        {
            LookPlain(image, camera, square, result);
        }
    }

    private static Crop Whole(ImageView image) => HandCrops.WholeImage(image.Width, image.Height, 0);

    // Whether a rung is to be tried; it is then the last one.
    private bool Tries(SearchRung rung, HandResult result)
    {
        if (finder.Count > 0 || rung > most)
        {
            return false;
        }

        result.Search = rung;
        return true;
    }

    private void Level(ImageView image, Camera camera, int level, Way way, HandResult result)
    {
        if (finder.Count > 0)
        {
            return;
        }

        // A level is finished once begun: two hands lie in two tiles.
        for (int i = 0; i < FrameTiles.Count(image.Width, image.Height, level) && !finder.IsFull; i++)
        {
            Crop tile = FrameTiles.Tile(image.Width, image.Height, level, i);
            if (way == Way.Plain)
            {
                LookPlain(image, camera, tile, result);
            }
            else
            {
                LookTreated(image, camera, tile, way == Way.SecondDetector, result);
            }
        }
    }

    private void LookPlain(ImageView image, Camera camera, in Crop square, HandResult result)
    {
        finder.Detect(image, square, LeastScore, result);
        finder.ReadWeak(image, camera, result);
    }

    private void LookTreated(ImageView image, Camera camera, in Crop square, bool bySecond, HandResult result)
    {
        if (finder.Detect(_treated.Square(square), square, LeastScore, bySecond, result))
        {
            finder.ReadWeak(image, camera, result);
        }
    }

    private enum Way
    {
        Plain,
        Treated,
        SecondDetector,
    }
}
