namespace HandMeshEngine;

/// <content>Rays to the plane and back.</content>
public sealed partial class Lens
{
    private const int MostSteps = 50;

    /// <summary>The position in the plane of a ray of any length, in focal lengths from the principal point.</summary>
    /// <returns>False if the lens does not show this ray.</returns>
    public bool TryProject(double x, double y, double z, out double planeX, out double planeY)
    {
        bool seen = Model switch
        {
            LensModel.Fisheye => ProjectFisheye(x, y, z, out planeX, out planeY),
            LensModel.FieldOfView => ProjectFieldOfView(x, y, z, out planeX, out planeY),
            LensModel.Omnidirectional => ProjectOmnidirectional(x, y, z, out planeX, out planeY),
            LensModel.DoubleSphere => ProjectDoubleSphere(x, y, z, out planeX, out planeY),
            LensModel.ExtendedUnified => ProjectExtendedUnified(x, y, z, out planeX, out planeY),
            LensModel.Pinhole => Divide(x, y, z, out planeX, out planeY),
            _ => ProjectPlane(x, y, z, out planeX, out planeY),
        };
        return seen && double.IsFinite(planeX) && double.IsFinite(planeY);
    }

    /// <summary>The unit ray of a position in the plane.</summary>
    /// <returns>False if no ray leads there; then the ray is 0.</returns>
    public bool TryUnproject(double planeX, double planeY, out double x, out double y, out double z)
    {
        bool found = Model switch
        {
            LensModel.Fisheye => UnprojectFisheye(planeX, planeY, out x, out y, out z),
            LensModel.FieldOfView => UnprojectFieldOfView(planeX, planeY, out x, out y, out z),
            LensModel.Omnidirectional => UnprojectOmnidirectional(planeX, planeY, out x, out y, out z),
            LensModel.DoubleSphere => UnprojectDoubleSphere(planeX, planeY, out x, out y, out z),
            LensModel.ExtendedUnified => UnprojectExtendedUnified(planeX, planeY, out x, out y, out z),
            LensModel.Pinhole => Ahead(planeX, planeY, out x, out y, out z),
            _ => Undistort(planeX, planeY, out double a, out double b) & Ahead(a, b, out x, out y, out z),
        };
        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        (x, y, z) = (x / length, y / length, z / length);
        if (found && TryProject(x, y, z, out _, out _))
        {
            return true;
        }

        (x, y, z) = (0, 0, 0);
        return false;
    }

    private static bool Ahead(double planeX, double planeY, out double x, out double y, out double z)
    {
        (x, y, z) = (planeX, planeY, 1);
        return true;
    }

    private static bool Divide(double x, double y, double z, out double planeX, out double planeY)
    {
        (planeX, planeY) = (x / z, y / z);
        return z > 0;
    }

    private bool ProjectPlane(double x, double y, double z, out double planeX, out double planeY)
    {
        double a = x / z, b = y / z;
        (planeX, planeY) = _plane.Apply(a, b, out double xx, out double xy, out double yx, out double yy);
        return z > 0 && Math.Sqrt((a * a) + (b * b)) <= Limit && (xx * yy) - (xy * yx) > 0;
    }

    private bool ProjectFisheye(double x, double y, double z, out double planeX, out double planeY)
    {
        double rho = Math.Sqrt((x * x) + (y * y)), angle = Math.Atan2(rho, z);
        double k = rho > 0 ? FisheyeRadius(Math.Min(angle, Limit)) / rho : 1 / z;
        (planeX, planeY) = (x * k, y * k);
        return angle <= Limit;
    }

    private bool ProjectFieldOfView(double x, double y, double z, out double planeX, out double planeY)
    {
        double w = _coefficients[0], r = Math.Sqrt((x * x) + (y * y)) / z, stretch = 2 * Math.Tan(w / 2);
        double k = r > 0 ? Math.Atan(r * stretch) / (w * r) : stretch / w;
        (planeX, planeY) = (x / z * k, y / z * k);
        return z > 0;
    }

    private bool ProjectOmnidirectional(double x, double y, double z, out double planeX, out double planeY)
    {
        double xi = _coefficients[0], n = Math.Sqrt((x * x) + (y * y) + (z * z));
        double a = x / (z + (xi * n)), b = y / (z + (xi * n));
        (planeX, planeY) = _plane.Apply(a, b);
        return z > -(xi <= 1 ? xi : 1 / xi) * n && Math.Sqrt((a * a) + (b * b)) <= Limit;
    }

    private bool ProjectDoubleSphere(double x, double y, double z, out double planeX, out double planeY)
    {
        double xi = _coefficients[0], alpha = _coefficients[1], n = Math.Sqrt((x * x) + (y * y) + (z * z));
        double w1 = WeightRatio(alpha), w2 = (w1 + xi) / Math.Sqrt((2 * w1 * xi) + (xi * xi) + 1);
        double g = (xi * n) + z;
        double d = (alpha * Math.Sqrt((x * x) + (y * y) + (g * g))) + ((1 - alpha) * g);
        (planeX, planeY) = (x / d, y / d);
        return z > -w2 * n;
    }

    private bool ProjectExtendedUnified(double x, double y, double z, out double planeX, out double planeY)
    {
        double alpha = _coefficients[0], n = Math.Sqrt((_coefficients[1] * ((x * x) + (y * y))) + (z * z));
        double d = (alpha * n) + ((1 - alpha) * z);
        (planeX, planeY) = (x / d, y / d);
        return z > -WeightRatio(alpha) * n;
    }

    private static double WeightRatio(double alpha) => alpha <= 0.5 ? alpha / (1 - alpha) : (1 - alpha) / alpha;

    // Newton inside a bracket.
    private bool UnprojectFisheye(double planeX, double planeY, out double x, out double y, out double z)
    {
        double radius = Math.Sqrt((planeX * planeX) + (planeY * planeY));
        double low = 0, high = Limit, angle = Math.Min(radius, Limit);
        double[] c = _coefficients;
        for (int i = 0; i < MostSteps; i++)
        {
            double s = angle * angle, error = FisheyeRadius(angle) - radius;
            double slope = 1 + (s * ((3 * c[0]) + (s * ((5 * c[1]) + (s * ((7 * c[2]) + (9 * s * c[3])))))));
            (low, high) = (error < 0 ? angle : low, error > 0 ? angle : high);
            double next = angle - (error / slope);
            next = next >= low && next <= high ? next : (low + high) / 2;
            if (next == angle)
            {
                break;
            }

            angle = next;
        }

        (double sin, double cos) = Math.SinCos(angle);
        double k = radius > 0 ? sin / radius : 1;
        (x, y, z) = (planeX * k, planeY * k, cos);
        return radius <= PlaneLimit;
    }

    private bool UnprojectFieldOfView(double planeX, double planeY, out double x, out double y, out double z)
    {
        double w = _coefficients[0], radius = Math.Sqrt((planeX * planeX) + (planeY * planeY)), stretch = 2 * Math.Tan(w / 2);
        double k = radius > 0 ? Math.Tan(Math.Min(radius * w, Math.PI / 2)) / (stretch * radius) : w / stretch;
        (x, y, z) = (planeX * k, planeY * k, 1);
        return radius * w < Math.PI / 2;
    }

    private bool UnprojectOmnidirectional(double planeX, double planeY, out double x, out double y, out double z)
    {
        double xi = _coefficients[0];
        bool found = Undistort(planeX, planeY, out double a, out double b);
        double r2 = (a * a) + (b * b), root = 1 + ((1 - (xi * xi)) * r2);
        double k = (xi + Math.Sqrt(root)) / (1 + r2);
        (x, y, z) = (k * a, k * b, k - xi);
        return found && root >= 0;
    }

    private bool UnprojectDoubleSphere(double planeX, double planeY, out double x, out double y, out double z)
    {
        double xi = _coefficients[0], alpha = _coefficients[1], r2 = (planeX * planeX) + (planeY * planeY);
        double root = 1 - (((2 * alpha) - 1) * r2);
        double mz = (1 - (alpha * alpha * r2)) / ((alpha * Math.Sqrt(root)) + 1 - alpha);
        double k = ((mz * xi) + Math.Sqrt((mz * mz) + ((1 - (xi * xi)) * r2))) / ((mz * mz) + r2);
        (x, y, z) = (k * planeX, k * planeY, (k * mz) - xi);
        return root >= 0;
    }

    private bool UnprojectExtendedUnified(double planeX, double planeY, out double x, out double y, out double z)
    {
        double alpha = _coefficients[0], beta = _coefficients[1], r2 = (planeX * planeX) + (planeY * planeY);
        double root = 1 - (((2 * alpha) - 1) * beta * r2);
        (x, y) = (planeX, planeY);
        z = (1 - (beta * alpha * alpha * r2)) / ((alpha * Math.Sqrt(root)) + 1 - alpha);
        return root >= 0;
    }

    // Newton in two unknowns; a step that does not help, or that leaves the lens, is halved.
    private bool Undistort(double planeX, double planeY, out double x, out double y)
    {
        (x, y) = (planeX, planeY);
        double radius = Math.Sqrt((x * x) + (y * y));
        if (radius > 0.95 * Limit)
        {
            (x, y) = (x * 0.95 * Limit / radius, y * 0.95 * Limit / radius);
        }

        for (int i = 0; i < MostSteps; i++)
        {
            (double u, double v) = _plane.Apply(x, y, out double xx, out double xy, out double yx, out double yy);
            double ex = u - planeX, ey = v - planeY, determinant = (xx * yy) - (xy * yx);
            if (!(Math.Abs(determinant) >= 1e-12))
            {
                return false;
            }

            double dx = ((yy * ex) - (xy * ey)) / determinant, dy = ((xx * ey) - (yx * ex)) / determinant;
            double error = (ex * ex) + (ey * ey), step = 1;
            for (int halving = 0; halving < 8; halving++)
            {
                double nextX = x - (step * dx), nextY = y - (step * dy);
                (u, v) = _plane.Apply(nextX, nextY);
                double nextError = ((u - planeX) * (u - planeX)) + ((v - planeY) * (v - planeY));
                if (nextError <= error && Math.Sqrt((nextX * nextX) + (nextY * nextY)) <= Limit)
                {
                    break;
                }

                step /= 2;
            }

            double stepX = step * dx, stepY = step * dy;
            (x, y) = (x - stepX, y - stepY);
            if ((stepX * stepX) + (stepY * stepY) <= 1e-30)
            {
                break;
            }
        }

        (double finalU, double finalV) = _plane.Apply(x, y, out double a, out double b, out double c, out double d);
        double du = finalU - planeX, dv = finalV - planeY;
        return (du * du) + (dv * dv) < 1e-18 && Math.Sqrt((x * x) + (y * y)) <= Limit * (1 + 1e-9) && (a * d) - (b * c) > 0;
    }
}
