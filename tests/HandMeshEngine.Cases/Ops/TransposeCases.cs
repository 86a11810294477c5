namespace HandMeshEngine.Cases.Ops;

internal static class TransposeCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<TransposeOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        (int[] Shape, int A, int B)[] transposes =
            [([2, 9, 30], 1, 2), ([9, 30], 0, 1), ([3, 4, 5], 0, 1), ([3, 4, 5], 0, 2), ([2, 9, 5, 6], 2, 3), ([2, 9, 5, 6], 1, 2), ([2, 9, 5, 6], 1, 3)];
        foreach ((int[] shape, int a, int b) in transposes)
        {
            yield return new OpCase($"transpose {new Compute.Tensors.Shape(shape)} {a}<->{b}", scene =>
                scene.Output(scene.Graph.Relu(scene.Graph.Transpose(scene.Input("x", shape), a, b))));
        }

        yield return new OpCase("pixels to rows", scene => scene.Output(scene.Graph.PixelsToRows(scene.Graph.Relu(scene.Input("x", 2, 9, 5, 6)))));
    }
}
