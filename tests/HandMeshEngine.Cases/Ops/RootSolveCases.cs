namespace HandMeshEngine.Cases.Ops;

internal static class RootSolveCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<RootSolveOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("rootsolve", scene =>
        {
            (Tensor points, Tensor rays, Tensor weights) = Hand(scene, 3);
            weights.Span<float>()[21..42].Clear();
            scene.Output(scene.Graph.RootSolve(scene.Input("points", points), scene.Input("rays", rays), scene.Input("weights", weights)));
        });
    }

    /// <summary>Points seen by a camera 0.6 m away, with noise on the rays.</summary>
    private static (Tensor Points, Tensor Rays, Tensor Weights) Hand(OpScene scene, int count)
    {
        Tensor points = scene.Numbers(new Shape(count, 21, 3), 0.05f);
        Tensor rays = scene.Numbers(new Shape(count, 21, 2), 1e-3f);
        Tensor weights = scene.Numbers(new Shape(count, 21), 1);
        for (int i = 0; i < 21 * count; i++)
        {
            ReadOnlySpan<float> point = points.Span<float>().Slice(3 * i, 3);
            rays.Span<float>()[2 * i] += (point[0] + 0.1f) / (point[2] + 0.6f);
            rays.Span<float>()[(2 * i) + 1] += (point[1] - 0.05f) / (point[2] + 0.6f);
            weights.Span<float>()[i] = MathF.Abs(weights.Span<float>()[i]);
        }

        return (points, rays, weights);
    }
}
