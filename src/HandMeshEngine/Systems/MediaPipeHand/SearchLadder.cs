using HandMeshEngine.Estimation;

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
    public void Climb(ImageView image, Camera camera, RunRecord run)
    {
        if (Tries(SearchRung.LowScores, run))
        {
            finder.ReadWeak(image, camera, run);
        }

        bool isHard = false;
        if (finder.Count == 0 && most >= SearchRung.Treated)
        {
            _treated.Prepare(image);
            isHard = _treated.IsHard;
        }

        if (!isHard && Tries(SearchRung.Tiles, run))
        {
            Level(image, camera, 0, Way.Plain, run);
        }

        if (Tries(SearchRung.Treated, run))
        {
            LookTreated(image, camera, Whole(image), false, run);
            Level(image, camera, 0, Way.Treated, run);
        }

        for (int level = 1; level < FrameTiles.Levels; level++)
        {
            if (Tries(isHard ? SearchRung.Treated : SearchRung.Tiles, run))
            {
                Level(image, camera, level, isHard ? Way.Treated : Way.Plain, run);
            }
        }

        if (Tries(SearchRung.SecondDetector, run))
        {
            LookTreated(image, camera, Whole(image), true, run);
            Level(image, camera, 0, Way.SecondDetector, run);
        }

        if (Tries(SearchRung.Turns, run))
        {
            finder.ReadTurns(image, camera, run);
        }
    }

    /// <summary>One step for a frame of a video in which nothing is followed: a tile in turn, in the way that suits the frame.</summary>
    public void Step(ImageView image, Camera camera, int step, RunRecord run)
    {
        if (Tries(SearchRung.LowScores, run))
        {
            finder.ReadWeak(image, camera, run);
        }

        if (!Tries(SearchRung.Tiles, run))
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

        if (!Tries(SearchRung.Treated, run))
        {
            LookPlain(image, camera, square, run);
            return;
        }

        _treated.Prepare(image);
        if (_treated.IsHard || square.Width >= Math.Max(image.Width, image.Height))
        {
            LookTreated(image, camera, square, false, run);
        }
        else
        {
            LookPlain(image, camera, square, run);
        }
    }

    private static Crop Whole(ImageView image) => HandCrops.WholeImage(image.Width, image.Height, 0);

    // Whether a rung is to be tried; it is then the last one.
    private bool Tries(SearchRung rung, RunRecord run)
    {
        if (finder.Count > 0 || rung > most)
        {
            return false;
        }

        run.Search = rung;
        return true;
    }

    private void Level(ImageView image, Camera camera, int level, Way way, RunRecord run)
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
                LookPlain(image, camera, tile, run);
            }
            else
            {
                LookTreated(image, camera, tile, way == Way.SecondDetector, run);
            }
        }
    }

    private void LookPlain(ImageView image, Camera camera, in Crop square, RunRecord run)
    {
        finder.Detect(image, square, LeastScore, run);
        finder.ReadWeak(image, camera, run);
    }

    private void LookTreated(ImageView image, Camera camera, in Crop square, bool bySecond, RunRecord run)
    {
        if (finder.Detect(_treated.Square(square), square, LeastScore, bySecond, run))
        {
            finder.ReadWeak(image, camera, run);
        }
    }

    private enum Way
    {
        Plain,
        Treated,
        SecondDetector,
    }
}
