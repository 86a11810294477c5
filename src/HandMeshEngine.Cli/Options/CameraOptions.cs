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

    private readonly Option<string?> _file = new("--camera-file")
    {
        Description = "Calibration with its lens: ROS camera_info, OpenCV (YAML, XML, JSON) or Kalibr.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _name = new("--camera-name") { Description = "Which camera of a Kalibr file.", HelpName = "NAME" };

    private readonly Option<bool> _rectified = new("--rectified")
    {
        Description = "The images were rectified with --camera-file: its projection matrix counts, and no lens.",
    };

    private readonly Option<string?> _lens = new("--lens")
    {
        Description = "fisheye: the four coefficients of an OpenCV file are those of a fisheye calibration.",
        HelpName = "KIND",
    };

    private readonly Option<bool> _partial = new("--partial-lens") { Description = "Accept a lens whose polynomial folds back inside the image." };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb) => verb.AddAll(_camera, _fov, _file, _name, _rectified, _lens, _partial);

    /// <summary>Checks what was given.</summary>
    /// <exception cref="ArgumentException">Several are given, or a number is out of range.</exception>
    /// <exception cref="CommandException">The calibration file cannot be read.</exception>
    public CameraChoice Read(ParseResult parsed)
    {
        string? numbers = parsed.GetValue(_camera);
        double? degrees = parsed.GetValue(_fov);
        string? file = parsed.GetValue(_file);
        if (numbers is not null && degrees is not null)
        {
            throw new ArgumentException("give --camera or --fov, not both");
        }

        if (file is not null)
        {
            return numbers is null && degrees is null
                ? FromFile(file, parsed)
                : throw new ArgumentException("give --camera-file or --camera or --fov, not several");
        }

        if (parsed.GetValue(_name) is not null || parsed.GetValue(_rectified) || parsed.GetValue(_lens) is not null || parsed.GetValue(_partial))
        {
            throw new ArgumentException("--camera-name, --rectified, --lens and --partial-lens are about a calibration file; give --camera-file");
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

    private CameraChoice FromFile(string path, ParseResult parsed)
    {
        string? lens = parsed.GetValue(_lens);
        if (lens is not (null or "fisheye"))
        {
            throw new ArgumentException($"--lens {lens} is not known; only fisheye needs to be said");
        }

        var options = new CameraFileOptions
        {
            CameraName = parsed.GetValue(_name),
            Rectified = parsed.GetValue(_rectified),
            Fisheye = lens is not null,
            AllowPartial = parsed.GetValue(_partial),
        };
        try
        {
            CameraFile file = CameraFile.Load(path, options);
            return new CameraChoice(image => file.CameraFor(image.Width, image.Height), GuessIsWelcome: false) { Notes = file.Notes, IsOfStoredFrame = true };
        }
        catch (FormatException exception)
        {
            throw new CommandException(ExitCode.BadInput, exception.Message);
        }
    }
}
