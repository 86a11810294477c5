using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>The weighted least-squares root of each item, centred closed form in double (docs/systems/handdgp.md 3.6).</summary>
internal sealed unsafe class RootSolveStep(View points, View rays, View weights, View output) : Step
{
    public override int Tasks => 1;

    public override string Describe() => $"rootsolve {points} -> {output}";

    protected override void Compute(int task, float* scratch)
    {
        int joints = points.Width;
        for (int n = 0; n < points.Images; n++)
        {
            Solve(
                joints,
                points.Data + ((long)n * joints * 3),
                rays.Data + ((long)n * joints * 2),
                weights.Data + ((long)n * joints),
                output.Data + ((long)n * output.PixelStride));
        }
    }

    private static void Solve(int joints, float* points, float* rays, float* weights, float* to)
    {
        new Span<float>(to, 6).Clear();
        Ray mean = default;
        double total = 0;
        for (int i = 0; i < joints; i++)
        {
            mean.Add(Ray.Of(points, rays, i), weights[i]);
            total += weights[i];
        }

        if (!(total > 1e-12) || !double.IsFinite(total + mean.U + mean.V + mean.X + mean.Y))
        {
            return;
        }

        mean = new Ray(mean.U / total, mean.V / total, mean.X / total, mean.Y / total);
        double spread = 0, moment = 0;
        for (int i = 0; i < joints; i++)
        {
            Ray ray = Ray.Of(points, rays, i);
            double u = ray.U - mean.U, v = ray.V - mean.V;
            spread += weights[i] * ((u * u) + (v * v));
            moment += weights[i] * ((u * (ray.X - mean.X)) + (v * (ray.Y - mean.Y)));
        }

        if (!(spread > 1e-9 * total) || !double.IsFinite(moment))
        {
            return;
        }

        double tz = moment / spread;
        double tx = (mean.U * tz) - mean.X, ty = (mean.V * tz) - mean.Y;
        double error = 0;
        for (int i = 0; i < joints; i++)
        {
            Ray ray = Ray.Of(points, rays, i);
            double ex = -tx + (ray.U * tz) - ray.X, ey = -ty + (ray.V * tz) - ray.Y;
            error += weights[i] * ((ex * ex) + (ey * ey));
        }

        to[0] = (float)tx;
        to[1] = (float)ty;
        to[2] = (float)tz;
        to[3] = 1;
        to[4] = (float)(total / spread);
        to[5] = (float)Math.Sqrt(error / total);
    }

    /// <summary>A ray (U, V) and what its point is off it at depth 0.</summary>
    private record struct Ray(double U, double V, double X, double Y)
    {
        public static Ray Of(float* points, float* rays, int i)
        {
            double u = rays[2 * i], v = rays[(2 * i) + 1], z = points[(3 * i) + 2];
            return new Ray(u, v, points[3 * i] - (z * u), points[(3 * i) + 1] - (z * v));
        }

        public void Add(Ray other, double weight)
        {
            U += weight * other.U;
            V += weight * other.V;
            X += weight * other.X;
            Y += weight * other.Y;
        }
    }
}
