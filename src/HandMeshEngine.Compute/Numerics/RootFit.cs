namespace HandMeshEngine.Compute.Numerics;

/// <summary>
/// The translation that puts weighted points on their rays in the least-squares sense: centred closed form in double, so that nothing
/// cancels (docs/systems/handdgp.md 3.6).
/// </summary>
/// <param name="X">Metres to add to x of every point.</param>
/// <param name="Y">Metres to add to y.</param>
/// <param name="Z">Metres to add to z.</param>
/// <param name="Condition">About the condition number of the system: total weight over the spread of the rays.</param>
/// <param name="Residual">Root mean square distance between the points and their rays, metres.</param>
public readonly record struct RootFit(double X, double Y, double Z, double Condition, double Residual)
{
    /// <summary>Solves for one set of points; null if the rays do not determine a translation or a number is not finite.</summary>
    public static RootFit? Solve<TRays>(TRays rays)
        where TRays : IWeightedRays, allows ref struct
    {
        double total = 0, meanU = 0, meanV = 0, meanX = 0, meanY = 0;
        for (int i = 0; i < rays.Count; i++)
        {
            (double x, double y, double u, double v, double weight) = Offset(rays, i, 0, 0, 0);
            total += weight;
            meanU += weight * u;
            meanV += weight * v;
            meanX += weight * x;
            meanY += weight * y;
        }

        (meanU, meanV, meanX, meanY) = (meanU / total, meanV / total, meanX / total, meanY / total);
        double spread = 0, moment = 0;
        for (int i = 0; i < rays.Count; i++)
        {
            (double x, double y, double u, double v, double weight) = Offset(rays, i, 0, 0, 0);
            (double du, double dv) = (u - meanU, v - meanV);
            spread += weight * ((du * du) + (dv * dv));
            moment += weight * ((du * (x - meanX)) + (dv * (y - meanY)));
        }

        double tz = moment / spread, tx = (meanU * tz) - meanX, ty = (meanV * tz) - meanY;
        if (!(total > 1e-12) || !(spread > 1e-9 * total) || !double.IsFinite(tx + ty + tz))
        {
            return null;
        }

        double error = 0;
        for (int i = 0; i < rays.Count; i++)
        {
            (double x, double y, _, _, double weight) = Offset(rays, i, tx, ty, tz);
            error += weight * ((x * x) + (y * y));
        }

        return new RootFit(tx, ty, tz, total / spread, Math.Sqrt(error / total));
    }

    // How far a point lies beside its ray when the root is at (tx, ty, tz): rx, ry of docs/systems/handdgp.md 3.6.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double X, double Y, double U, double V, double Weight) Offset<TRays>(TRays rays, int i, double tx, double ty, double tz)
        where TRays : IWeightedRays, allows ref struct
    {
        (double x, double y, double z, double u, double v, double weight) = rays[i];
        return (x + tx - ((z + tz) * u), y + ty - ((z + tz) * v), u, v, weight);
    }
}
