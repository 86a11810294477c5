namespace HandMeshEngine.Cameras;

/// <summary>
/// A 2x3 matrix taking one pixel grid to another: u' = A u + B v + C, v' = D u + E v + F. Integers are pixel centres on
/// both sides.
/// </summary>
internal readonly record struct Affine2(double A, double B, double C, double D, double E, double F)
{
    /// <summary>The inverse map.</summary>
    /// <exception cref="ArgumentException">The map squeezes the plane into a line.</exception>
    public Affine2 Inverted
    {
        get
        {
            double determinant = (A * E) - (B * D);
            if (!(Math.Abs(determinant) > 0) || !double.IsFinite(determinant))
            {
                throw new ArgumentException("the crop matrix has no inverse; the box must have a finite, positive size");
            }

            double a = E / determinant, b = -B / determinant, d = -D / determinant, e = A / determinant;
            return new Affine2(a, b, -((a * C) + (b * F)), d, e, -((d * C) + (e * F)));
        }
    }

    public (double U, double V) Apply(double u, double v) => ((A * u) + (B * v) + C, (D * u) + (E * v) + F);

    /// <summary>The same map as a 3x3 matrix, which is what the warp op takes.</summary>
    public Matrix3d ToMatrix() => new(A, B, C, D, E, F, 0, 0, 1);
}
