namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// Square tiles that cover a frame, level by level smaller (docs/systems/mediapipe-hand.md 4.6). A level's neighbours overlap by a
/// quarter, which a hand of the size it is for fits into.
/// </summary>
internal static class FrameTiles
{
    /// <summary>Levels at most.</summary>
    public const int Levels = 3;

    private const double Step = 0.75;
    private const double NextLevel = 2 / 3.0;

    // Of the network's input, which is 192 pixels wide: 320 pixel tiles of a 720 pixel frame took hands of 48 pixels from 14 to 26 of 30.
    private const double LeastSide = 1.5 * PalmDetector.InputSize;

    // A round of a video's frames is to be short.
    private const double LeastSideOfVideo = 2 * PalmDetector.InputSize;

    /// <summary>Tiles of a level; none where they would be too small, or the frame itself.</summary>
    public static int Count(int width, int height, int level, bool ofVideo = false)
    {
        double side = Side(width, height, level);
        return side < (ofVideo ? LeastSideOfVideo : LeastSide) || side >= Math.Max(width, height) ? 0 : Along(width, side) * Along(height, side);
    }

    /// <summary>A tile of a level, upright.</summary>
    public static Crop Tile(int width, int height, int level, int index)
    {
        double side = Side(width, height, level);
        int columns = Along(width, side), rows = Along(height, side);
        return new Crop(Middle(width, side, columns, index % columns), Middle(height, side, rows, index / columns), side, side, 0);
    }

    private static double Side(int width, int height, int level) => Math.Min(width, height) * Math.Pow(NextLevel, level);

    private static int Along(int length, double side) => (int)Math.Ceiling(((length - side) / (Step * side)) - 1e-9) + 1;

    private static double Middle(int length, double side, int count, int index) =>
        count == 1 ? length / 2.0 : (side / 2) + ((length - side) * index / (count - 1));
}
