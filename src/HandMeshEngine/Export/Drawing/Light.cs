namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// The light in which hands are shown: a soft key light, a weaker one, sky and ground, a sheen, and a rim. Colours are linear RGB; axes
/// are the viewer's (x right, y down, z away).
/// </summary>
internal sealed record Light
{
    private static readonly byte[] _encoded = Encoded();

    private readonly Vector3 _key;
    private readonly Vector3 _halfway;

    /// <summary>The light of the overlays: from the upper left behind the viewer, and from the right.</summary>
    public static Light Studio { get; } = new()
    {
        Key = Vector3.Normalize(new Vector3(-0.45f, -0.75f, -0.65f)),
        Fill = Vector3.Normalize(new Vector3(0.85f, 0.10f, -0.45f)),
        KeyColour = new Vector3(1.00f, 0.97f, 0.92f),
        FillColour = new Vector3(0.80f, 0.90f, 1.00f),
        Ground = new Vector3(0.16f, 0.14f, 0.13f),
        Sky = new Vector3(0.30f, 0.33f, 0.38f),
        Sheen = 0.22f,
        Rim = 0.30f,
    };

    /// <summary>Unit vector toward the key light.</summary>
    public required Vector3 Key
    {
        get => _key;
        init => (_key, _halfway) = (value, Vector3.Normalize(value + new Vector3(0, 0, -1)));
    }

    /// <summary>Unit vector toward the weaker light.</summary>
    public required Vector3 Fill { get; init; }

    public required Vector3 KeyColour { get; init; }

    public required Vector3 FillColour { get; init; }

    /// <summary>What comes from below.</summary>
    public required Vector3 Ground { get; init; }

    /// <summary>What comes from above.</summary>
    public required Vector3 Sky { get; init; }

    public required float Sheen { get; init; }

    public required float Rim { get; init; }

    /// <summary>The colour of a surface point.</summary>
    /// <param name="normal">Unit normal.</param>
    /// <param name="ambient">Share of the sky that the point sees, 0 to 1.</param>
    /// <param name="albedo">Linear RGB.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3 Shade(Vector3 normal, float ambient, Vector3 albedo)
    {
        float key = Math.Clamp((Vector3.Dot(normal, _key) + 0.25f) / 1.25f, 0, 1);
        float fill = Math.Max(Vector3.Dot(normal, Fill), 0);
        float sky = 0.5f - (0.5f * normal.Y);
        float sheen = Math.Max(Vector3.Dot(normal, _halfway), 0);
        float rim = 1 - Math.Clamp(-normal.Z, 0, 1);
        Vector3 light = (KeyColour * (0.95f * key * (0.35f + (0.65f * ambient))))
            + (FillColour * (0.22f * fill * ambient))
            + (Vector3.Lerp(Ground, Sky, sky) * ambient);
        float gloss = (Sheen * Power16(sheen)) + (Rim * rim * rim * rim * sky);
        return (albedo * light) + new Vector3(gloss * ambient);
    }

    /// <summary>Linear 0..1 to an sRGB byte value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Encode(Vector3 linear) => new(Encode(linear.X), Encode(linear.Y), Encode(linear.Z));

    private static float Power16(float v)
    {
        float four = v * v * v * v;
        return four * four * four * four;
    }

    private static float Encode(float linear) => _encoded[(int)(Math.Clamp(linear, 0, 1) * (_encoded.Length - 1))];

    private static byte[] Encoded()
    {
        var table = new byte[4096];
        for (int i = 0; i < table.Length; i++)
        {
            double v = i / (double)(table.Length - 1);
            table[i] = (byte)Math.Round(255 * (v <= 0.0031308 ? 12.92 * v : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055));
        }

        return table;
    }
}
