namespace HandMeshEngine.Compute.Numerics;

/// <summary>
/// The translation that puts weighted points on their rays in the least-squares sense: centred closed form in double, so that nothing
/// cancels (docs/systems/handdgp.md 3.6).
/// </summary>
internal static class RootFit
{
    /// <summary>Solves for one set of points; all zeros if the rays do not determine a translation or an input is not finite.</summary>
    /// <param name="points">[joints][3], relative to the root.</param>
    /// <param name="rays">[joints][2]: x and y of each ray, whose z is 1.</param>
    /// <param name="weights">[joints].</param>
    /// <param name="to">Translation (3), 1 for a solution, condition number, root mean square residual.</param>
    public static void Solve(ReadOnlySpan<float> points, ReadOnlySpan<float> rays, ReadOnlySpan<float> weights, Span<float> to)
    {
        to.Clear();
        double total = 0, u = 0, v = 0, rx = 0, ry = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            (double ui, double vi, double rxi, double ryi) = Terms(points, rays, i);
            total += weights[i];
            u += weights[i] * ui;
            v += weights[i] * vi;
            rx += weights[i] * rxi;
            ry += weights[i] * ryi;
        }

        if (!(total > 1e-12) || !double.IsFinite(total + u + v + rx + ry))
        {
            return;
        }

        u /= total;
        v /= total;
        rx /= total;
        ry /= total;
        double spread = 0, moment = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            (double ui, double vi, double rxi, double ryi) = Terms(points, rays, i);
            spread += weights[i] * (((ui - u) * (ui - u)) + ((vi - v) * (vi - v)));
            moment += weights[i] * (((ui - u) * (rxi - rx)) + ((vi - v) * (ryi - ry)));
        }

        if (!(spread > 1e-9 * total) || !double.IsFinite(moment))
        {
            return;
        }

        double tz = moment / spread;
        double tx = (u * tz) - rx, ty = (v * tz) - ry;
        double error = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            (double ui, double vi, double rxi, double ryi) = Terms(points, rays, i);
            double ex = -tx + (ui * tz) - rxi, ey = -ty + (vi * tz) - ryi;
            error += weights[i] * ((ex * ex) + (ey * ey));
        }

        to[0] = (float)tx;
        to[1] = (float)ty;
        to[2] = (float)tz;
        to[3] = 1;
        to[4] = (float)(total / spread);
        to[5] = (float)Math.Sqrt(error / total);
    }

    private static (double U, double V, double Rx, double Ry) Terms(ReadOnlySpan<float> points, ReadOnlySpan<float> rays, int i)
    {
        double u = rays[2 * i], v = rays[(2 * i) + 1], z = points[(3 * i) + 2];
        return (u, v, points[3 * i] - (z * u), points[(3 * i) + 1] - (z * v));
    }
}
