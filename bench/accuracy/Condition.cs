namespace HandMeshEngine.Bench.Accuracy;

/// <summary>What one row of the table changes about all scenes.</summary>
internal sealed record Condition(string Group, string Name)
{
    public int Width { get; init; } = 640;

    public int Height { get; init; } = 480;

    /// <summary>Longest side of the hand in the picture; null: a third to 0.6 of the picture's height.</summary>
    public double? HandPixels { get; init; }

    /// <summary>Degrees between the camera's axis and the hand, in a view of 120 degrees; 0: where the scene wants it.</summary>
    public double OffAxis { get; init; }

    /// <summary>Factor of every level.</summary>
    public double Exposure { get; init; } = 1;

    /// <summary>Standard deviation of the sensor's noise, levels.</summary>
    public double Noise { get; init; } = 2;

    public bool Gray { get; init; }

    /// <summary>What the scenes are without change.</summary>
    public static Condition Usual { get; } = new("as they are", "640x480");

    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<Condition> All { get; } =
    [
        Usual,
        .. new[] { 256, 128, 96, 64, 48 }.Select(pixels => InLarge("hand in 1280x720", $"{pixels} px", pixels)),
        InLarge("light", "256 px, x0.25", 256) with { Exposure = 0.25 },
        InLarge("light", "256 px, x0.1", 256) with { Exposure = 0.1 },
        InLarge("light", "256 px, x2.5", 256) with { Exposure = 2.5 },
        InLarge("light", "256 px, gray", 256) with { Gray = true },
        InLarge("noise", "256 px, 15 levels", 256) with { Noise = 15 },
        InLarge("noise", "256 px, 30 levels", 256) with { Noise = 30 },
        .. new[] { 1, 15, 30, 45 }.Select(degrees => new Condition("off the axis", $"{(degrees == 1 ? 0 : degrees)} degrees")
        {
            Width = 1920, Height = 1920, HandPixels = 200, OffAxis = degrees == 1 ? 0.001 : degrees,
        }),
    ];

    private static Condition InLarge(string group, string name, double pixels) =>
        new(group, name) { Width = 1280, Height = 720, HandPixels = pixels };
}
