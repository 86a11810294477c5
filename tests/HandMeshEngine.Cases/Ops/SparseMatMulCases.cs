namespace HandMeshEngine.Cases.Ops;

internal static class SparseMatMulCases
{
    [ModuleInitializer] internal static void Register() => OpCases.Add<SparseMatMulOp>(Cases);

    private static IEnumerable<OpCase> Cases()
    {
        yield return new OpCase("sparsematmul", scene => scene.Output(scene.Graph.SparseMatMul(
            scene.Input("x", 2, 195, 35), scene.Table(195, 389, 3), scene.Weight(1, 389, 3))));
    }
}
