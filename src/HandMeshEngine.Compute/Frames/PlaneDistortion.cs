namespace HandMeshEngine;

/// <summary>
/// The Brown-Conrady distortion of a position in the plane, and its derivative (docs/cameras.md).
/// </summary>
internal readonly struct PlaneDistortion
{
    private readonly double _k1, _k2, _k3, _k4, _k5, _k6, _p1, _p2, _s1, _s2, _s3, _s4;
    private readonly bool _isModified;

    /// <summary>Takes k1 k2 p1 p2 [k3 [k4 k5 k6 [s1 s2 s3 s4 [tx ty]]]].</summary>
    public PlaneDistortion(ReadOnlySpan<double> c, bool isModified)
    {
        _isModified = isModified;
        (_k1, _k2, _p1, _p2) = (c[0], c[1], c[2], c[3]);
        _k3 = c.Length > 4 ? c[4] : 0;
        (_k4, _k5, _k6) = c.Length >= 8 ? (c[5], c[6], c[7]) : (0, 0, 0);
        (_s1, _s2, _s3, _s4) = c.Length >= 12 ? (c[8], c[9], c[10], c[11]) : (0, 0, 0, 0);
        Tilt = c.Length >= 14 && (c[12] != 0 || c[13] != 0) ? TiltOf(c[12], c[13]) : null;
    }

    /// <summary>The projection onto a tilted sensor, row by row; null without tilt.</summary>
    public double[]? Tilt { get; }

    /// <summary>The distorted position.</summary>
    public (double X, double Y) Apply(double x, double y) => Apply(x, y, out _, out _, out _, out _);

    /// <summary>The distorted position and its derivative.</summary>
    /// <param name="x">Position.</param>
    /// <param name="y">Position.</param>
    /// <param name="xx">d x' / d x.</param>
    /// <param name="xy">d x' / d y.</param>
    /// <param name="yx">d y' / d x.</param>
    /// <param name="yy">d y' / d y.</param>
    public (double X, double Y) Apply(double x, double y, out double xx, out double xy, out double yx, out double yy)
    {
        double s = (x * x) + (y * y);
        (double n, double dn, double d, double dd) = Radial(s);
        double f = n / d, df = ((dn * d) - (n * dd)) / (d * d);
        if (_isModified)
        {
            double u = x * f, v = y * f;
            double ux = f + (2 * x * x * df), uy = 2 * x * y * df, vy = f + (2 * y * y * df);
            double xu = 1 + (2 * _p1 * v) + (4 * _p2 * u), xv = 2 * _p1 * u;
            double yu = 2 * _p2 * v, yv = 1 + (2 * _p2 * u) + (4 * _p1 * v);
            xx = (xu * ux) + (xv * uy) + (2 * _p2 * x);
            xy = (xu * uy) + (xv * vy) + (2 * _p2 * y);
            yx = (yu * ux) + (yv * uy) + (2 * _p1 * x);
            yy = (yu * uy) + (yv * vy) + (2 * _p1 * y);
            return (u + (2 * _p1 * u * v) + (_p2 * (s + (2 * u * u))), v + (2 * _p2 * u * v) + (_p1 * (s + (2 * v * v))));
        }

        double xd = (x * f) + (2 * _p1 * x * y) + (_p2 * (s + (2 * x * x))) + (_s1 * s) + (_s2 * s * s);
        double yd = (y * f) + (2 * _p2 * x * y) + (_p1 * (s + (2 * y * y))) + (_s3 * s) + (_s4 * s * s);
        double a = _s1 + (2 * _s2 * s), b = _s3 + (2 * _s4 * s);
        xx = f + (2 * x * x * df) + (2 * _p1 * y) + (6 * _p2 * x) + (2 * x * a);
        xy = (2 * x * y * df) + (2 * _p1 * x) + (2 * _p2 * y) + (2 * y * a);
        yx = (2 * x * y * df) + (2 * _p2 * y) + (2 * _p1 * x) + (2 * x * b);
        yy = f + (2 * y * y * df) + (2 * _p2 * x) + (6 * _p1 * y) + (2 * y * b);
        if (Tilt is not { } t)
        {
            return (xd, yd);
        }

        double w = (t[6] * xd) + (t[7] * yd) + t[8];
        double tx = ((t[0] * xd) + (t[1] * yd) + t[2]) / w, ty = ((t[3] * xd) + (t[4] * yd) + t[5]) / w;
        double txx = (t[0] - (tx * t[6])) / w, txy = (t[1] - (tx * t[7])) / w;
        double tyx = (t[3] - (ty * t[6])) / w, tyy = (t[4] - (ty * t[7])) / w;
        (xx, xy, yx, yy) = ((txx * xx) + (txy * yx), (txx * xy) + (txy * yy), (tyx * xx) + (tyy * yx), (tyx * xy) + (tyy * yy));
        return (tx, ty);
    }

    /// <summary>The radial profile r q(r), without tangential terms; not a number beyond a zero of the denominator.</summary>
    public double Profile(double r)
    {
        (double n, _, double d, _) = Radial(r * r);
        return d > 0 ? r * n / d : double.NaN;
    }

    // Numerator and denominator in s = r^2, each with its derivative by s.
    private (double N, double Dn, double D, double Dd) Radial(double s) => (
        1 + (s * (_k1 + (s * (_k2 + (s * _k3))))), _k1 + (s * ((2 * _k2) + (3 * s * _k3))),
        1 + (s * (_k4 + (s * (_k5 + (s * _k6))))), _k4 + (s * ((2 * _k5) + (3 * s * _k6))));

    private static double[] TiltOf(double tx, double ty)
    {
        (double sx, double cx) = Math.SinCos(tx);
        (double sy, double cy) = Math.SinCos(ty);

        // R = Ry Rx, then the projection that keeps the axis: rows of [[R22, 0, -R02], [0, R22, -R12], [0, 0, 1]] R.
        double r00 = cy, r01 = sy * sx, r02 = -sy * cx;
        double r10 = 0, r11 = cx, r12 = sx;
        double r20 = sy, r21 = -cy * sx, r22 = cy * cx;
        return
        [
            (r22 * r00) - (r02 * r20), (r22 * r01) - (r02 * r21), (r22 * r02) - (r02 * r22),
            (r22 * r10) - (r12 * r20), (r22 * r11) - (r12 * r21), (r22 * r12) - (r12 * r22),
            r20, r21, r22,
        ];
    }
}
