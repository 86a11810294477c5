namespace HandMeshEngine.Cases.Ops;

internal static class MatMulCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<MatMulOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("matmul batch by batch", scene =>
            scene.Output(scene.Graph.MatMul(scene.Input("a", 2, 13, 22), scene.Input("b", 2, 22, 35))));
        yield return new OpCase("matmul matrix by batch", scene =>
            scene.Output(scene.Graph.MatMul(scene.Weight(0.2f, 21, 778), scene.Input("b", 2, 778, 3))));
        yield return new OpCase("matmul batch by matrix", scene =>
            scene.Output(scene.Graph.MatMul(scene.Input("a", 3, 9, 17), scene.Weight(0.2f, 17, 64))));
        yield return new OpCase("matmul of a transposed value", scene =>
            scene.Output(scene.Graph.MatMul(scene.Input("a", 2, 9, 17), scene.Graph.Transpose(scene.Input("b", 2, 30, 17), 1, 2))));
    }
}
