namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A photo of a hand in several versions that differ by a little noise, and what is known about it.</summary>
internal sealed class BenchScene
{
    private const int Versions = 4;

    private readonly RgbImage[] _frames;
    private readonly PredictOptions _known;
    private readonly string _name;

    private BenchScene(string name, byte[] file, RgbImage photo, PredictOptions known)
    {
        _name = name;
        File = file;
        _known = known;
        Camera = photo.Info.FocalLengthIn35mmFilm is > 0 and var focal
            ? Camera.FromExif(photo.Width, photo.Height, focal)
            : Camera.Guess(photo.Width, photo.Height);
        _frames = [.. Enumerable.Range(0, Versions).Select(version => Noisy(photo, version))];
    }

    /// <summary>The encoded photo.</summary>
    public byte[] File { get; }

    /// <summary>Its camera.</summary>
    public Camera Camera { get; }

    /// <summary>Columns, rows.</summary>
    public (int Width, int Height) Size => (_frames[0].Width, _frames[0].Height);

    /// <summary>Reads the photo, or takes the built-in one; finds the hand if the system wants a box and none is given.</summary>
    /// <exception cref="ImageException">The file is no picture.</exception>
    public static BenchScene Load(string? path, EstimatorOptions options, PredictOptions known)
    {
        RgbImage photo = path is null ? RgbImage.Decode(BuiltIn()) : RgbImage.Load(path);
        byte[] file = path is null ? BuiltIn() : System.IO.File.ReadAllBytes(path);
        if (HandSystems.Find(options.System).TakesBox)
        {
            HandBox box = known.Box ?? Find(photo);
            known = known with { Box = box, Handedness = known.Handedness ?? Handedness.Right };
        }

        return new BenchScene(path ?? "the built-in photo", file, photo, known);
    }

    /// <summary>Refuses to measure a prediction that found nothing.</summary>
    /// <exception cref="CommandException">There is no hand.</exception>
    public void RequireHand(HandResult result)
    {
        if (result.Count == 0)
        {
            throw new CommandException(ExitCode.No, $"no hand is found in {_name}: give another photo, or --box");
        }
    }

    /// <summary>One prediction from RGB bytes in host memory.</summary>
    public void Predict(HandEstimator estimator, HandResult result, int run)
    {
        RgbImage frame = _frames[run % Versions];
        estimator.Predict(View(frame), Camera, result, _known);
    }

    /// <summary>One prediction from the encoded photo.</summary>
    public void PredictFile(HandEstimator estimator, HandResult result, ImageDecoder decoder) =>
        estimator.Predict(View(decoder.Decode(File)), Camera, result, _known);

    /// <summary>One of the versions, for sessions that are run without an estimator.</summary>
    public ImageView Frame(int run) => View(_frames[run % Versions]);

    private static ImageView View(RgbImage image) => new(image.Pixels, image.Width, image.Height, image.Width * 3, PixelFormat.Rgb);

    private static byte[] BuiltIn()
    {
        using Stream stream = typeof(BenchScene).Assembly.GetManifestResourceStream("bench.jpg")!;
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    // Where the default system sees the hand; the middle of the picture if it sees none.
    private static HandBox Find(RgbImage photo)
    {
        using HandEstimator finder = HandEstimator.Open(new EstimatorOptions { Device = "cpu", MaxHands = 1 });
        HandResult result = finder.Predict(View(photo), Camera.Guess(photo.Width, photo.Height));
        if (result.Count == 0)
        {
            return new HandBox(photo.Width / 4.0, photo.Height / 4.0, photo.Width / 2.0, photo.Height / 2.0);
        }

        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach (System.Numerics.Vector2 point in result[0].Keypoints)
        {
            (left, right) = (Math.Min(left, point.X), Math.Max(right, point.X));
            (top, bottom) = (Math.Min(top, point.Y), Math.Max(bottom, point.Y));
        }

        (left, top) = (Math.Max(left, 0), Math.Max(top, 0));
        return new HandBox(left, top, Math.Min(right, photo.Width - 1) - left, Math.Min(bottom, photo.Height - 1) - top);
    }

    private static RgbImage Noisy(RgbImage photo, int version)
    {
        var frame = new RgbImage(photo.Width, photo.Height, photo.Pixels);
        var random = new Random(version);
        foreach (ref byte value in frame.Pixels)
        {
            value = (byte)Math.Clamp(value + random.Next(-2, 3), 0, 255);
        }

        return frame;
    }
}
