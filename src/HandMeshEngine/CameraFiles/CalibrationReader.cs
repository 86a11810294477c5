namespace HandMeshEngine.CameraFiles;

/// <summary>Recognises the kinds of calibration files and reads their numbers (docs/cameras.md).</summary>
internal static class CalibrationReader
{
    /// <summary>Reads one camera of a file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="camera">Which of several cameras, or null.</param>
    /// <param name="rectified">The images were rectified: the projection matrix counts, and no lens.</param>
    /// <param name="fisheye">Four coefficients of an OpenCV file are those of a fisheye.</param>
    /// <exception cref="FormatException">It is none of these files, or a number is missing.</exception>
    /// <exception cref="ArgumentException">A coefficient is out of range.</exception>
    public static Calibration Read(string text, string? camera, bool rectified, bool fisheye)
    {
        string start = text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        FileNode root = start.StartsWith('<') ? XmlStorage.Read(start) : YamlReader.Read(start);
        if (root.Fields is null)
        {
            throw Unknown("it holds no fields");
        }

        if (root.Fields.Values.Any(node => node.Find("camera_model") is not null))
        {
            return Kalibr(root, camera, rectified);
        }

        if (camera is not null)
        {
            throw new FormatException($"the file holds one camera; leave the name '{camera}' out");
        }

        bool isRos = root.Find("distortion_model") is not null;
        return isRos ? Ros(root, rectified) : OpenCv(root, rectified, fisheye);
    }

    private static Calibration Ros(FileNode root, bool rectified)
    {
        foreach (string name in new[] { "binning_x", "binning_y" })
        {
            if (root.Find(name)?.WholeNumber() is > 1 and var binning)
            {
                throw new FormatException($"{name} is {binning}: scale the numbers to the binned images first");
            }
        }

        if (root.Find("roi") is { } roi && (NonZero(roi, "x_offset") || NonZero(roi, "y_offset")))
        {
            throw new FormatException("roi has an offset: shift the principal point to the cropped images first");
        }

        (int, int)? size = Size(root.Find("image_width", "width"), root.Find("image_height", "height"));
        string title = root.Find("camera_name")?.Text ?? "camera";
        if (rectified)
        {
            return Calibration.FromMatrix(
                "the projection matrix", Required(root, "projection_matrix", "P", "p").Numbers(), 4, title, size, Lens.Pinhole, []);
        }

        string model = root.Find("distortion_model")!.Text ?? string.Empty;
        double[] d = root.Find("distortion_coefficients", "D", "d")?.Numbers() ?? [];
        Lens lens = model switch
        {
            "plumb_bob" or "rational_polynomial" => Brown(d),
            "equidistant" or "fisheye" => Lens.Fisheye(d),
            "" or "none" when d.All(value => value == 0) => Lens.Pinhole,
            _ => throw new FormatException($"distortion_model '{model}' is not known; plumb_bob, rational_polynomial, equidistant and fisheye are"),
        };
        return Calibration.FromMatrix("the camera matrix", Required(root, "camera_matrix", "K", "k").Numbers(), 3, title, size, lens, []);
    }

    private static Calibration OpenCv(FileNode root, bool rectified, bool fisheye)
    {
        if (root.Find("camera_matrix", "cameraMatrix", "K", "M1", "cameraMatrix1") is not { } matrix)
        {
            throw Unknown($"it has {string.Join(", ", root.Fields!.Keys.Take(8))}");
        }

        (int, int)? size = Size(root.Find("image_width", "width"), root.Find("image_height", "height"));
        if (root.Find("imageSize", "image_size") is { } pair)
        {
            double[] numbers = pair.Fields is null ? pair.Numbers() : [.. pair.Fields.Values.SelectMany(node => node.Numbers())];
            size = numbers.Length == 2 ? ((int)numbers[0], (int)numbers[1]) : size;
        }

        if (rectified)
        {
            return Calibration.FromMatrix(
                "the projection matrix", Required(root, "projection_matrix", "P", "P1").Numbers(), 4, "camera", size, Lens.Pinhole, []);
        }

        double[] d = root.Find("distortion_coefficients", "distortionCoefficients", "distCoeffs", "dist_coeffs", "D", "D1", "distCoeffs1")?.Numbers() ?? [];
        bool isFisheye = fisheye || root.Find("fisheye_model")?.WholeNumber() == 1;
        string[] notes = d.Length == 4 && !isFisheye
            ? ["four coefficients were taken for k1 k2 p1 p2 of a usual lens; if they come from a fisheye calibration, say so (--lens fisheye)"]
            : [];
        if (isFisheye && d.Length != 4)
        {
            throw new FormatException($"a fisheye has 4 coefficients, the file {d.Length}");
        }

        return Calibration.FromMatrix("the camera matrix", matrix.Numbers(), 3, "camera", size, isFisheye ? Lens.Fisheye(d) : Brown(d), notes);
    }

    private static Calibration Kalibr(FileNode root, string? camera, bool rectified)
    {
        if (rectified)
        {
            throw new FormatException("Kalibr files have no projection matrix; for rectified images give the numbers (--camera)");
        }

        string[] names = [.. root.Fields!.Where(pair => pair.Value.Find("camera_model") is not null).Select(pair => pair.Key)];
        string name = camera ?? names[0];
        if (!names.Contains(name))
        {
            throw new FormatException($"there is no camera '{name}'; the file has {string.Join(", ", names)}");
        }

        FileNode node = root.Fields![name];
        string model = node.Find("camera_model")!.Text ?? string.Empty, distortion = node.Find("distortion_model")?.Text ?? "none";
        double[] k = Required(node, "intrinsics").Numbers(), d = node.Find("distortion_coeffs")?.Numbers() ?? [];
        int own = model switch
        {
            "pinhole" => 0,
            "omni" => 1,
            "ds" or "eucm" => 2,
            _ => throw new FormatException($"camera_model '{model}' is not known; pinhole, omni, ds and eucm are"),
        };
        if (k.Length != own + 4)
        {
            throw new FormatException($"{name} has {k.Length} intrinsics; {model} has {own + 4}");
        }

        Lens lens = (model, distortion) switch
        {
            ("pinhole", "radtan") => Brown(d),
            ("pinhole", "equidistant") => Lens.Fisheye(d),
            ("pinhole", "fov") when d.Length == 1 => Lens.FieldOfView(d[0]),
            ("pinhole", "none") => Lens.Pinhole,
            ("omni", "none") => Lens.Omnidirectional(k[0], 0, 0, 0, 0),
            ("omni", "radtan") when d.Length == 4 => Lens.Omnidirectional(k[0], d[0], d[1], d[2], d[3]),
            ("ds", "none") => Lens.DoubleSphere(k[0], k[1]),
            ("eucm", "none") => Lens.ExtendedUnified(k[0], k[1]),
            _ => throw new FormatException($"{name} has {model} with distortion_model {distortion} and {d.Length} coefficients, which is not known"),
        };
        (int, int)? size = node.Find("resolution")?.Numbers() is [var width, var height] ? ((int)width, (int)height) : null;
        string[] notes = camera is null && names.Length > 1 ? [$"{name} of {string.Join(", ", names)} was taken; name another one (--camera-name)"] : [];
        return new Calibration(name, k[own], k[own + 1], k[own + 2], k[own + 3], size, lens, notes);
    }

    private static Lens Brown(double[] coefficients) =>
        coefficients.All(value => value == 0) ? Lens.Pinhole : Lens.BrownConrady(coefficients);

    private static FileNode Required(FileNode node, params ReadOnlySpan<string> names) =>
        node.Find(names) ?? throw new FormatException($"it has no {string.Join(" or ", names.ToArray())}");

    private static (int Width, int Height)? Size(FileNode? width, FileNode? height) =>
        width?.WholeNumber() is > 0 and var w && height?.WholeNumber() is > 0 and var h ? (w, h) : null;

    private static bool NonZero(FileNode node, string name) => node.Find(name)?.WholeNumber() is not (null or 0);

    private static FormatException Unknown(string what) => new(
        $"{what}; ROS camera_info (camera_matrix or K, distortion_model), OpenCV (camera_matrix, distortion_coefficients) and Kalibr (camera_model) files are known");
}
