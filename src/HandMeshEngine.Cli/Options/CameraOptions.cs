using System.CommandLine;

namespace HandMeshEngine.Cli.Options;

/// <summary>Where the camera's intrinsics come from: numbers, a field of view, or the photo.</summary>
internal sealed class CameraOptions
{
    private readonly Option<string?> _camera = new("--camera")
    {
        Description = "Intrinsics in pixels of the upright image; guess assumes a focal length where EXIF has none.",
        HelpName = "fx,fy,cx,cy",
    };

    private readonly Option<double?> _fov = new("--fov") { Description = "Horizontal field of view in degrees.", HelpName = "DEG" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb) => verb.AddAll(_camera, _fov);

    /// <summary>Checks what was given.</summary>
    /// <exception cref="ArgumentException">Both are given, or a number is out of range.</exception>
    public CameraChoice Read(ParseResult parsed)
    {
        string? numbers = parsed.GetValue(_camera);
        double? degrees = parsed.GetValue(_fov);
        if (numbers is not null && degrees is not null)
        {
            throw new ArgumentException("give --camera or --fov, not both");
        }

        if (numbers == "guess")
        {
            return new CameraChoice(null, GuessIsWelcome: true);
        }

        if (numbers is not null)
        {
            double[] k = Numbers.Parse("--camera", numbers, 4);
            var camera = new Camera(k[0], k[1], k[2], k[3]);
            return new CameraChoice(_ => camera, GuessIsWelcome: false);
        }

        if (degrees is { } fov)
        {
            Camera.FromFieldOfView(1, 1, fov);
            return new CameraChoice(image => Camera.FromFieldOfView(image.Width, image.Height, fov), GuessIsWelcome: false);
        }

        return new CameraChoice(null, GuessIsWelcome: false);
    }
}
