using System.CommandLine;
using System.Globalization;
using HandMeshEngine.Images;

namespace HandMeshEngine.Cli.Options;

/// <summary>Where the camera's intrinsics come from: numbers, a field of view, EXIF, or a guess that says so.</summary>
internal sealed class CameraOptions
{
    private readonly Option<string?> _camera = new("--camera")
    {
        Description = "Intrinsics in pixels of the upright image.",
        HelpName = "fx,fy,cx,cy",
    };

    private readonly Option<double?> _fov = new("--fov") { Description = "Horizontal field of view in degrees.", HelpName = "DEG" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_camera);
        verb.Options.Add(_fov);
    }

    /// <summary>Checks what was given and returns how to make the camera of an image.</summary>
    /// <exception cref="ArgumentException">Both are given, or a number is out of range.</exception>
    public Func<RgbImage, Camera> Read(ParseResult parsed)
    {
        string? numbers = parsed.GetValue(_camera);
        double? degrees = parsed.GetValue(_fov);
        if (numbers is not null && degrees is not null)
        {
            throw new ArgumentException("give --camera or --fov, not both");
        }

        if (numbers is not null)
        {
            double[] k = Numbers.Parse("--camera", numbers, 4);
            var camera = new Camera(k[0], k[1], k[2], k[3]);
            return _ => camera;
        }

        if (degrees is { } fov)
        {
            Camera.FromFieldOfView(fov, 1, 1);
            return image => Camera.FromFieldOfView(fov, image.Width, image.Height);
        }

        return FromPhoto;
    }

    /// <summary>One word on where a camera came from, for the table.</summary>
    public static string Describe(Camera camera) => string.Create(
        CultureInfo.InvariantCulture,
        $"fx {camera.Fx:0.#} fy {camera.Fy:0.#} cx {camera.Cx:0.#} cy {camera.Cy:0.#} ({(camera.Source == CameraSource.Guess ? "guessed: give --camera or --fov for true distances" : camera.Source.ToString().ToLowerInvariant())})");

    private static Camera FromPhoto(RgbImage image) => image.Info.FocalLengthIn35mmFilm is > 0 and var focal
        ? Camera.FromExif(focal, image.Width, image.Height)
        : Camera.Guess(image.Width, image.Height);
}
