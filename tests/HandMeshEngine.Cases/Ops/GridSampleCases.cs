namespace HandMeshEngine.Cases.Ops;

internal static class GridSampleCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<GridSampleOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (SampleBorder border in Enum.GetValues<SampleBorder>())
        {
            yield return new OpCase($"gridsample {border.ToString().ToLowerInvariant()}", scene =>
            {
                Value map = scene.Input("map", 2, 35, 9, 12);
                Tensor points = scene.Numbers(new Shape(2, 50, 2), 5);
                foreach (ref float value in points.Span<float>())
                {
                    value += 5;
                }

                scene.Output(scene.Graph.GridSample(map, scene.Input("points", points), border));
            });
        }
    }
}
