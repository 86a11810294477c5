using System.Numerics;

namespace HandMeshEngine;

/// <summary>
/// How a stored frame becomes the upright image that everything else is about: turned clockwise by quarter turns, then, if it was
/// stored mirrored, reflected left to right (docs/frames.md). <c>default</c> leaves it as it is.
/// </summary>
public readonly record struct FrameOrientation
{
    private FrameOrientation(int quarters, bool mirrored) => (QuarterTurns, Mirrored) = (quarters, mirrored);

    /// <summary>Stored upright.</summary>
    public static FrameOrientation Upright => default;

    /// <summary>To be turned a quarter clockwise.</summary>
    public static FrameOrientation Turn90 => new(1, false);

    /// <summary>To be turned by half.</summary>
    public static FrameOrientation Turn180 => new(2, false);

    /// <summary>To be turned a quarter counter-clockwise.</summary>
    public static FrameOrientation Turn270 => new(3, false);

    /// <summary>Stored mirrored: the scene's left is on the right.</summary>
    public static FrameOrientation Mirror => new(0, true);

    /// <summary>Quarter turns clockwise, 0 to 3.</summary>
    public int QuarterTurns { get; }

    /// <summary>Reflected left to right after the turn.</summary>
    public bool Mirrored { get; }

    /// <summary>Width and height change places.</summary>
    public bool IsSideways => (QuarterTurns & 1) == 1;

    /// <summary>A turn that a phone reports (Android's rotationDegrees).</summary>
    /// <param name="degrees">Clockwise degrees to make the frame upright: a multiple of 90.</param>
    /// <param name="mirrored">Whether the turned frame shows the scene mirrored.</param>
    /// <exception cref="ArgumentException">The angle is no multiple of 90.</exception>
    public static FrameOrientation Turned(int degrees, bool mirrored = false) => degrees % 90 == 0
        ? new((((degrees / 90) % 4) + 4) % 4, mirrored)
        : throw new ArgumentException($"a frame cannot be turned by {degrees} degrees; give 0, 90, 180 or 270, clockwise", nameof(degrees));

    /// <summary>EXIF's orientation tag.</summary>
    /// <exception cref="ArgumentException">It is not 1 to 8.</exception>
    public static FrameOrientation FromExif(int orientation) => orientation switch
    {
        1 => Upright,
        2 => Mirror,
        3 => Turn180,
        4 => new(2, true),
        5 => new(1, true),
        6 => Turn90,
        7 => new(3, true),
        8 => Turn270,
        _ => throw new ArgumentException($"orientation {orientation} does not exist; EXIF knows 1 to 8", nameof(orientation)),
    };

    /// <summary>Where a position of the upright image lies in a stored frame of this size, pixel indices.</summary>
    public Vector2 ToStored(Vector2 upright, int storedWidth, int storedHeight)
    {
        PixelMap map = PixelMap.ToStored(this, storedWidth, storedHeight);
        return new Vector2(
            (map.Xu * upright.X) + (map.Xv * upright.Y) + map.X0, (map.Yu * upright.X) + (map.Yv * upright.Y) + map.Y0);
    }

    /// <summary>Where a position of a stored frame of this size lies in the upright image, pixel indices.</summary>
    public Vector2 ToUpright(Vector2 stored, int storedWidth, int storedHeight)
    {
        PixelMap map = PixelMap.ToStored(this, storedWidth, storedHeight);
        float x = stored.X - map.X0, y = stored.Y - map.Y0;
        return new Vector2((map.Xu * x) + (map.Yu * y), (map.Xv * x) + (map.Yv * y));
    }

    /// <summary>A point or direction of the upright camera's axes in those of the camera as it stored the frame.</summary>
    public Vector3 ToStored(Vector3 upright)
    {
        PixelMap map = PixelMap.ToStored(this, 1, 1);
        return new Vector3((map.Xu * upright.X) + (map.Xv * upright.Y), (map.Yu * upright.X) + (map.Yv * upright.Y), upright.Z);
    }

    /// <summary>A point or direction of the storing camera's axes in those of the upright camera.</summary>
    public Vector3 ToUpright(Vector3 stored)
    {
        PixelMap map = PixelMap.ToStored(this, 1, 1);
        return new Vector3((map.Xu * stored.X) + (map.Yu * stored.Y), (map.Xv * stored.X) + (map.Yv * stored.Y), stored.Z);
    }

    /// <summary>For example <c>turn 90, mirrored</c>.</summary>
    public override string ToString() => $"turn {90 * QuarterTurns}{(Mirrored ? ", mirrored" : string.Empty)}";
}
