namespace HandMeshEngine.Cases.Ops;

internal static class SoftmaxCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<SoftmaxOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        foreach (int[] shape in new int[][] { [1, 3, 64], [2, 40], [17], [2, 5, 1] })
        {
            yield return new OpCase($"softmax {new Shape(shape)}", scene => scene.Output(scene.Graph.Softmax(scene.Input("x", shape))));
        }
    }
}
