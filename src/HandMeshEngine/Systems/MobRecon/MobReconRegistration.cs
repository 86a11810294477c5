namespace HandMeshEngine.Systems.MobRecon;

/// <summary>Where a root-relative shape was registered.</summary>
/// <param name="Translation">Metres.</param>
/// <param name="Condition">Spread of the rays of the joints that were kept, as of the root solver: about 1 / mean squared deviation.</param>
internal readonly record struct Registration(Vector3d Translation, double Condition);

/// <summary>
/// MobRecon's camera-space registration (docs/systems/mobrecon.md 5): the translation that minimises the mean squared reprojection
/// error, joints that fit badly taken out between solves. The authors' SLSQP stops early; this is the minimum it looks for.
/// </summary>
internal static class MobReconRegistration
{
    // Where the authors' solver starts, and its bounds, metres.
    private const double StartDepth = 0.6, LowerBound = 0.05, UpperBound = 2;

    // Solves, mean residual (pixels) that is good enough, and joints below which no solve follows.
    private const int MostSolves = 5;
    private const double GoodResidual = 2;
    private const int FewestJoints = 13;

    private const int MostSteps = 200;

    /// <summary>Solves for t.</summary>
    /// <param name="joints">Root-relative joints, metres.</param>
    /// <param name="u">Their columns in the image of <paramref name="camera"/>, pixels.</param>
    /// <param name="v">Their rows.</param>
    /// <param name="camera">The camera of the crop.</param>
    public static Registration Solve(
        ReadOnlySpan<Vector3d> joints, ReadOnlySpan<double> u, ReadOnlySpan<double> v, in Intrinsics camera)
    {
        Span<int> kept = stackalloc int[joints.Length];
        Span<double> residuals = stackalloc double[joints.Length];
        int count = joints.Length;
        for (int i = 0; i < count; i++)
        {
            kept[i] = i;
        }

        var t = new Vector3d(0, 0, StartDepth);
        double condition = 0;
        for (int solve = 0; solve < MostSolves && count >= FewestJoints; solve++)
        {
            t = Minimise(joints, u, v, kept[..count], camera, t);
            condition = Condition(u, v, kept[..count], camera);
            double mean = Residuals(joints, u, v, kept[..count], camera, t, residuals);
            if (!(mean > GoodResidual))
            {
                break;
            }

            count = Trim(kept[..count], residuals, mean);
        }

        return new Registration(t, condition);
    }

    // Damped Gauss-Newton (Levenberg-Marquardt) on three unknowns.
    private static Vector3d Minimise(
        ReadOnlySpan<Vector3d> joints, ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<int> kept, in Intrinsics camera, Vector3d t)
    {
        double damping = 1e-6;
        (double cost, Normal normal) = Linearise(joints, u, v, kept, camera, t);
        for (int step = 0; step < MostSteps && damping < 1e12; step++)
        {
            Vector3d next = t + normal.Step(damping, LowerBound - t.Z, UpperBound - t.Z);
            (double nextCost, Normal nextNormal) = Linearise(joints, u, v, kept, camera, next);
            if (!(nextCost <= cost))
            {
                damping *= 10;
                continue;
            }

            bool settled = (next - t).Length <= 1e-12;
            (t, cost, normal) = (next, nextCost, nextNormal);
            damping = Math.Max(damping * 0.1, 1e-15);
            if (settled)
            {
                break;
            }
        }

        return t;
    }

    private static (double Cost, Normal Normal) Linearise(
        ReadOnlySpan<Vector3d> joints, ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<int> kept, in Intrinsics camera, Vector3d t)
    {
        var normal = default(Normal);
        double cost = 0;
        foreach (int i in kept)
        {
            Vector3d p = joints[i] + t;
            double x = camera.Fx * p.X / p.Z, y = camera.Fy * p.Y / p.Z;
            double ex = x + camera.Cx - u[i], ey = y + camera.Cy - v[i];
            cost += (ex * ex) + (ey * ey);
            normal.Add(camera.Fx / p.Z, -x / p.Z, ex, camera.Fy / p.Z, -y / p.Z, ey);
        }

        return (cost, normal);
    }

    // |ex + ey| with their signs, as the authors compute it.
    private static double Residuals(
        ReadOnlySpan<Vector3d> joints,
        ReadOnlySpan<double> u,
        ReadOnlySpan<double> v,
        ReadOnlySpan<int> kept,
        in Intrinsics camera,
        Vector3d t,
        Span<double> residuals)
    {
        double sum = 0;
        for (int k = 0; k < kept.Length; k++)
        {
            Vector3d p = joints[kept[k]] + t;
            double ex = (camera.Fx * p.X / p.Z) + camera.Cx - u[kept[k]];
            double ey = (camera.Fy * p.Y / p.Z) + camera.Cy - v[kept[k]];
            residuals[k] = Math.Abs(ex + ey);
            sum += residuals[k];
        }

        return sum / kept.Length;
    }

    /// <summary>Keeps the joints below mean + standard deviation, in place; returns how many.</summary>
    private static int Trim(Span<int> kept, ReadOnlySpan<double> residuals, double mean)
    {
        double variance = 0;
        for (int k = 0; k < kept.Length; k++)
        {
            variance += (residuals[k] - mean) * (residuals[k] - mean);
        }

        double limit = mean + Math.Sqrt(variance / kept.Length);
        int count = 0;
        for (int k = 0; k < kept.Length; k++)
        {
            if (residuals[k] < limit)
            {
                kept[count++] = kept[k];
            }
        }

        return count;
    }

    private static double Condition(ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<int> kept, in Intrinsics camera)
    {
        double meanU = 0, meanV = 0;
        foreach (int i in kept)
        {
            meanU += u[i] / kept.Length;
            meanV += v[i] / kept.Length;
        }

        double spread = 0;
        foreach (int i in kept)
        {
            double du = (u[i] - meanU) / camera.Fx, dv = (v[i] - meanV) / camera.Fy;
            spread += (du * du) + (dv * dv);
        }

        return kept.Length / spread;
    }

    /// <summary>J^T J and J^T e; each joint adds the rows (a, 0, b) and (0, c, d).</summary>
    private record struct Normal(double Xx, double Yy, double Zz, double Xz, double Yz, double Gx, double Gy, double Gz)
    {
        public void Add(double a, double b, double ex, double c, double d, double ey)
        {
            Xx += a * a;
            Xz += a * b;
            Yy += c * c;
            Yz += c * d;
            Zz += (b * b) + (d * d);
            Gx += a * ex;
            Gy += c * ey;
            Gz += (b * ex) + (d * ey);
        }

        /// <summary>
        /// -(J^T J + damping diag)^-1 J^T e with the step in depth held between two bounds; x and y are eliminated first, so they
        /// fit the depth that is taken.
        /// </summary>
        public readonly Vector3d Step(double damping, double least, double most)
        {
            double more = 1 + damping;
            double xx = Xx * more, yy = Yy * more;
            double z = -(Gz - (Xz * Gx / xx) - (Yz * Gy / yy)) / ((Zz * more) - (Xz * Xz / xx) - (Yz * Yz / yy));
            z = Math.Clamp(z, least, most);
            return new Vector3d((-Gx - (Xz * z)) / xx, (-Gy - (Yz * z)) / yy, z);
        }
    }
}
