namespace HandMeshEngine.Cases.Ops;

internal static class GinAggregateCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<GinAggregateOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("ginaggregate", scene =>
        {
            var rows = new List<int> { 0 };
            var columns = new List<int>();
            for (int v = 0; v < 61; v++)
            {
                for (int e = scene.Next(0, 9); e > 0; e--)
                {
                    columns.Add(scene.Next(0, 61));
                }

                rows.Add(columns.Count);
            }

            scene.Output(scene.Graph.GinAggregate(
                scene.Input("x", 2, 61, 39),
                scene.Graph.Constant("rows", Tensor.From<int>(new Shape(rows.Count), [.. rows])),
                scene.Graph.Constant("columns", Tensor.From<int>(new Shape(columns.Count), [.. columns])),
                0.25f));
        });
    }
}
