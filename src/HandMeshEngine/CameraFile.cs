using HandMeshEngine.CameraFiles;

namespace HandMeshEngine;

/// <summary>
/// A calibration file: ROS camera_info in YAML or as <c>rostopic echo</c> prints it, OpenCV's FileStorage in YAML, XML or JSON, or a
/// Kalibr camchain (docs/cameras.md).
/// </summary>
public sealed class CameraFile
{
    private const int LargestBytes = 1 << 20;

    private readonly Calibration _calibration;
    private readonly bool _allowPartial;
    private Camera? _camera;

    private CameraFile(Calibration calibration, bool allowPartial) => (_calibration, _allowPartial) = (calibration, allowPartial);

    /// <summary>The camera's name in the file.</summary>
    public string Name => _calibration.Name;

    /// <summary>The lens; <see cref="Lens.Pinhole"/> if it has none or the images are rectified.</summary>
    public Lens Lens => _calibration.Lens;

    /// <summary>What was assumed, in sentences; usually empty.</summary>
    public IReadOnlyList<string> Notes => _calibration.Notes;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, at most 1 MiB.</param>
    /// <param name="options">What the file does not say, or null.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">It is none of these files, or a number is missing or out of range; the message names the file.</exception>
    public static CameraFile Load(string path, CameraFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (file is { Exists: true, Length: > LargestBytes })
        {
            throw new FormatException($"{path}: {file.Length} bytes are too many for a calibration; at most {LargestBytes} are read");
        }

        if (RegularFile.IsEmpty(path))
        {
            throw new FormatException($"{path}: {RegularFile.Empty}");
        }

        try
        {
            return Parse(RegularFile.ReadText(path, LargestBytes), options);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new FormatException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="FormatException">It is none of these files, or a number is missing.</exception>
    /// <exception cref="ArgumentException">A coefficient is out of range.</exception>
    public static CameraFile Parse(string text, CameraFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new CameraFileOptions();
        Calibration calibration = CalibrationReader.Read(text, options.CameraName, options.Rectified, options.Fisheye);
        var file = new CameraFile(calibration, options.AllowPartial);
        if (calibration.Size is { } size)
        {
            file.CameraFor(size.Width, size.Height);
        }

        return file;
    }

    /// <summary>The camera of an image. The size in the file counts; without one the image's is taken.</summary>
    /// <exception cref="ArgumentException">The lens folds back inside the image, or a number is out of range. An image of another size than
    /// the camera's is refused when it is predicted on.</exception>
    public Camera CameraFor(int width, int height)
    {
        (int Width, int Height) size = _calibration.Size ?? (width, height);
        if (_camera is null || _camera.Width != size.Width || _camera.Height != size.Height)
        {
            _camera = new Camera(_calibration.Fx, _calibration.Fy, _calibration.Cx, _calibration.Cy, size.Width, size.Height)
                .WithLens(_calibration.Lens, _allowPartial);
        }

        return _camera;
    }
}
