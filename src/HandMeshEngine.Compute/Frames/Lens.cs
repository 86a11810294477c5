using System.Globalization;

namespace HandMeshEngine;

/// <summary>
/// How a lens bends rays: from the direction (X, Y, Z) (x right, y down, z forward) to a position in the plane, which times the focal
/// lengths plus the principal point is the pixel (docs/cameras.md). Immutable; safe to share.
/// </summary>
/// <remarks>
/// A polynomial that turns back would show a part of the scene twice. The lens ends where its profile stops growing
/// (<see cref="Limit"/>): beyond, a ray has no pixel and a pixel no ray.
/// </remarks>
public sealed partial class Lens : IEquatable<Lens>
{
    private readonly double[] _coefficients;
    private readonly PlaneDistortion _plane;

    private Lens(LensModel model, params double[] coefficients)
    {
        foreach (double value in coefficients)
        {
            if (!(Math.Abs(value) <= 1e6))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"coefficient {Array.IndexOf(coefficients, value) + 1} of the {NameOf(model)} lens is {value}; it must be a number, usually below 1"));
            }
        }

        Model = model;
        _coefficients = coefficients;
        _plane = model switch
        {
            LensModel.BrownConrady => new PlaneDistortion(coefficients, isModified: false),
            LensModel.ModifiedBrownConrady => new PlaneDistortion(coefficients, isModified: true),
            LensModel.Omnidirectional => new PlaneDistortion(coefficients.AsSpan(1), isModified: false),
            _ => default,
        };
        (Limit, PlaneLimit) = FindLimit();
    }

    /// <summary>A lens without distortion. Says of a wide camera that it really has none.</summary>
    public static Lens Pinhole { get; } = new(LensModel.Pinhole);

    /// <summary>The formulas.</summary>
    public LensModel Model { get; }

    /// <summary>Coefficients in the order of the factory method.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>
    /// How far the lens reaches: the largest distance from the axis in the plane Z = 1, or for <see cref="LensModel.Fisheye"/> the largest
    /// angle in radians; infinite if the profile grows for ever.
    /// </summary>
    public double Limit { get; }

    /// <summary>The distance from the principal point at <see cref="Limit"/>, in focal lengths.</summary>
    public double PlaneLimit { get; }

    /// <summary>Brown-Conrady in OpenCV's order: k1 k2 p1 p2 [k3 [k4 k5 k6 [s1 s2 s3 s4 [tx ty]]]].</summary>
    /// <exception cref="ArgumentException">There are not 4, 5, 8, 12 or 14 numbers, or one is not finite.</exception>
    public static Lens BrownConrady(params ReadOnlySpan<double> coefficients) => coefficients.Length is 4 or 5 or 8 or 12 or 14
        ? new Lens(LensModel.BrownConrady, coefficients.ToArray())
        : throw Wrong(LensModel.BrownConrady, "4, 5, 8, 12 or 14", coefficients.Length);

    /// <summary>RealSense's modified Brown-Conrady: k1 k2 p1 p2 k3.</summary>
    /// <exception cref="ArgumentException">There are not 5 numbers, or one is not finite.</exception>
    public static Lens ModifiedBrownConrady(params ReadOnlySpan<double> coefficients) => coefficients.Length == 5
        ? new Lens(LensModel.ModifiedBrownConrady, coefficients.ToArray())
        : throw Wrong(LensModel.ModifiedBrownConrady, "5", coefficients.Length);

    /// <summary>Kannala-Brandt, OpenCV's fisheye, ROS equidistant: k1 k2 k3 k4.</summary>
    /// <exception cref="ArgumentException">There are not 4 numbers, or one is not finite.</exception>
    public static Lens Fisheye(params ReadOnlySpan<double> coefficients) => coefficients.Length == 4
        ? new Lens(LensModel.Fisheye, coefficients.ToArray())
        : throw Wrong(LensModel.Fisheye, "4", coefficients.Length);

    /// <summary>Kalibr's fov model.</summary>
    /// <param name="w">The angle, radians, above 0 and below pi.</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public static Lens FieldOfView(double w) => w is > 0 and < Math.PI
        ? new Lens(LensModel.FieldOfView, w)
        : throw new ArgumentException(FormattableString.Invariant($"coefficient w of the fov lens is {w}; it is an angle between 0 and pi"), nameof(w));

    /// <summary>Mei's model with tangential terms.</summary>
    /// <param name="xi">Shift of the sphere's centre, 0 or more.</param>
    /// <param name="k1">Radial.</param>
    /// <param name="k2">Radial.</param>
    /// <param name="p1">Tangential.</param>
    /// <param name="p2">Tangential.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Lens Omnidirectional(double xi, double k1, double k2, double p1, double p2) => xi >= 0
        ? new Lens(LensModel.Omnidirectional, xi, k1, k2, p1, p2)
        : throw new ArgumentException(FormattableString.Invariant($"coefficient xi of the omni lens is {xi}; it must be 0 or more"), nameof(xi));

    /// <summary>Double sphere.</summary>
    /// <param name="xi">Distance of the spheres, above -1 and below 1.</param>
    /// <param name="alpha">Weight, from 0 to 1.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Lens DoubleSphere(double xi, double alpha) => xi is > -1 and < 1 && alpha is >= 0 and <= 1
        ? new Lens(LensModel.DoubleSphere, xi, alpha)
        : throw new ArgumentException(FormattableString.Invariant(
            $"coefficients xi {xi} and alpha {alpha} of the double sphere lens must lie between -1 and 1, and from 0 to 1"));

    /// <summary>Extended unified camera model.</summary>
    /// <param name="alpha">Weight, from 0 to 1.</param>
    /// <param name="beta">Stretch, above 0.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Lens ExtendedUnified(double alpha, double beta) => alpha is >= 0 and <= 1 && beta > 0
        ? new Lens(LensModel.ExtendedUnified, alpha, beta)
        : throw new ArgumentException(FormattableString.Invariant(
            $"coefficients alpha {alpha} and beta {beta} of the extended unified lens must lie from 0 to 1, and above 0"));

    /// <inheritdoc/>
    public bool Equals(Lens? other) =>
        other is not null && Model == other.Model && _coefficients.AsSpan().SequenceEqual(other._coefficients);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Lens);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Model);
        foreach (double value in _coefficients)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Model and coefficients, for reports.</summary>
    public override string ToString() => _coefficients.Length == 0 ? NameOf(Model)
        : $"{NameOf(Model)} {string.Join(' ', _coefficients.Select(value => value.ToString("0.######", CultureInfo.InvariantCulture)))}";

    /// <summary>The tilt and polynomials of the plane, for kernels.</summary>
    internal PlaneDistortion Plane => _plane;

    private static string NameOf(LensModel model) => model switch
    {
        LensModel.BrownConrady => "brown-conrady",
        LensModel.ModifiedBrownConrady => "modified brown-conrady",
        LensModel.Fisheye => "fisheye",
        LensModel.FieldOfView => "fov",
        LensModel.Omnidirectional => "omni",
        LensModel.DoubleSphere => "double sphere",
        LensModel.ExtendedUnified => "extended unified",
        _ => "pinhole",
    };

    private static ArgumentException Wrong(LensModel model, string expected, int count) =>
        new($"the {NameOf(model)} lens takes {expected} coefficients, not {count}");
}
