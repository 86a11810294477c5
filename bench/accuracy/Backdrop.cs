namespace HandMeshEngine.Bench.Accuracy;

/// <summary>What lies behind hands: walls, clouds, clutter, stripes, and what the photos of the repository show around their hand.</summary>
internal sealed class Backdrop
{
    private static readonly string[] _kinds = ["wall", "clouds", "clutter", "stripes", "photo"];

    private readonly int _seed;
    private readonly RgbImage? _photo;

    private Backdrop(string kind, int seed, RgbImage? photo)
    {
        (Kind, _seed, _photo) = (kind, seed, photo);
    }

    /// <summary>What it is.</summary>
    public string Kind { get; }

    /// <summary>One of the kinds; photos have had their hand removed (<see cref="PhotoHand.Background"/>).</summary>
    public static Backdrop Sample(Dice dice, IReadOnlyList<RgbImage> photos)
    {
        string kind = dice.Of(_kinds);
        RgbImage? photo = kind == "photo" && photos.Count > 0 ? dice.Of(photos) : null;
        return new Backdrop(photo is null && kind == "photo" ? "clouds" : kind, dice.Seed(), photo);
    }

    /// <summary>Fills a picture.</summary>
    public void Paint(RgbImage picture)
    {
        var dice = new Dice(_seed);
        if (_photo is not null)
        {
            Stretch(_photo, picture);
            return;
        }

        Vector3 first = Colour(dice), second = Colour(dice);
        switch (Kind)
        {
            case "wall":
                Mix(picture, first, first * 0.75f, (x, y) => (float)(((0.3 * x) + y) / 1.3));
                break;
            case "stripes":
                double turn = dice.Between(0, Math.PI), bars = dice.Between(4, 14);
                (double sin, double cos) = Math.SinCos(turn);
                Mix(picture, first, second, (x, y) => Math.Sin(2 * Math.PI * bars * ((x * cos) + (y * sin))) > 0 ? 1 : 0);
                break;
            case "clutter":
                Mix(picture, first, first * 0.8f, (_, y) => (float)y);
                Clutter(picture, dice);
                break;
            default:
                Clouds(picture, dice, first, second);
                break;
        }
    }

    private static Vector3 Colour(Dice dice) =>
        new((float)dice.Between(30, 235), (float)dice.Between(30, 235), (float)dice.Between(30, 235));

    private static void Mix(RgbImage picture, Vector3 first, Vector3 second, Func<double, double, float> share)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < picture.Width; x++)
            {
                Vector3 c = Vector3.Lerp(first, second, share(x / (double)picture.Width, y / (double)picture.Width));
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)c.X, (byte)c.Y, (byte)c.Z);
            }
        }
    }

    // Boxes of all sizes, as shelves and furniture look from afar.
    private static void Clutter(RgbImage picture, Dice dice)
    {
        for (int box = 0; box < 60; box++)
        {
            Vector3 colour = Colour(dice);
            int width = (int)(picture.Width * dice.Between(0.02, 0.25)), height = (int)(picture.Height * dice.Between(0.03, 0.4));
            int left = (int)(picture.Width * dice.Between(-0.1, 1)), top = (int)(picture.Height * dice.Between(-0.1, 1));
            for (int y = Math.Max(top, 0); y < Math.Min(top + height, picture.Height); y++)
            {
                Span<byte> row = picture.Row(y);
                float shade = 0.7f + (0.3f * (y - top) / height);
                for (int x = Math.Max(left, 0); x < Math.Min(left + width, picture.Width); x++)
                {
                    (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)(colour.X * shade), (byte)(colour.Y * shade), (byte)(colour.Z * shade));
                }
            }
        }
    }

    // Five octaves of a smooth lattice.
    private static void Clouds(RgbImage picture, Dice dice, Vector3 first, Vector3 second)
    {
        const int side = 64, octaves = 5;
        float[] lattice = new float[side * side];
        foreach (ref float value in lattice.AsSpan())
        {
            value = (float)dice.Between(0, 1);
        }

        float At(double x, double y)
        {
            int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
            float u = (float)(x - left), v = (float)(y - top);
            float Node(int i, int j) => lattice[((j & (side - 1)) * side) + (i & (side - 1))];
            return float.Lerp(
                float.Lerp(Node(left, top), Node(left + 1, top), u), float.Lerp(Node(left, top + 1), Node(left + 1, top + 1), u), v);
        }

        Mix(picture, first, second, (x, y) =>
        {
            double sum = 0, weight = 0.5;
            for (int octave = 0; octave < octaves; octave++, weight /= 2)
            {
                sum += weight * At((x + 0.13) * (4 << octave), (y + 0.29) * (4 << octave));
            }

            return (float)sum;
        });
    }

    private static void Stretch(RgbImage from, RgbImage to)
    {
        for (int y = 0; y < to.Height; y++)
        {
            Span<byte> row = to.Row(y);
            for (int x = 0; x < to.Width; x++)
            {
                double u = (double)x * (from.Width - 1) / to.Width, v = (double)y * (from.Height - 1) / to.Height;
                int left = (int)u, top = (int)v;
                double a = u - left, b = v - top;
                for (int c = 0; c < 3; c++)
                {
                    double upper = (from.Row(top)[(3 * left) + c] * (1 - a)) + (from.Row(top)[(3 * left) + 3 + c] * a);
                    double lower = (from.Row(top + 1)[(3 * left) + c] * (1 - a)) + (from.Row(top + 1)[(3 * left) + 3 + c] * a);
                    row[(3 * x) + c] = (byte)((upper * (1 - b)) + (lower * b) + 0.5);
                }
            }
        }
    }
}
