namespace HandMeshEngine.CameraFiles;

/// <summary>One camera as a file states it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Fx">Horizontal focal length, pixels.</param>
/// <param name="Fy">Vertical focal length, pixels.</param>
/// <param name="Cx">Principal point, pixels.</param>
/// <param name="Cy">Principal point, pixels.</param>
/// <param name="Size">Size of its images, or null.</param>
/// <param name="Lens">The lens.</param>
/// <param name="Notes">What was assumed.</param>
internal sealed record Calibration(
    string Name, double Fx, double Fy, double Cx, double Cy, (int Width, int Height)? Size, Lens Lens, IReadOnlyList<string> Notes)
{
    /// <summary>A camera from K [3, 3] row by row.</summary>
    /// <exception cref="FormatException">K is no matrix of a camera without skew.</exception>
    public static Calibration FromMatrix(
        string what, double[] k, int columns, string name, (int Width, int Height)? size, Lens lens, IReadOnlyList<string> notes)
    {
        if (k.Length != 3 * columns)
        {
            throw new FormatException($"{what} has {k.Length} numbers; it must have {3 * columns}");
        }

        if (k[0] == 0)
        {
            throw new FormatException($"{what} is 0: the camera is not calibrated");
        }

        if (k[1] != 0)
        {
            throw new FormatException(FormattableString.Invariant($"{what} has a skew of {k[1]}; only cameras without skew are supported"));
        }

        return new Calibration(name, k[0], k[columns + 1], k[2], k[columns + 2], size, lens, notes);
    }
}
