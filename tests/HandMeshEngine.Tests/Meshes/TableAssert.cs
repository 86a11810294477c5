namespace HandMeshEngine.Tests.Meshes;

/// <summary>Compares rebuilt tables with stored ones: shape always, integers exactly, floats to a tolerance.</summary>
internal static class TableAssert
{
    public static void Equal(string name, Tensor expected, Tensor actual, double tolerance = 1e-6)
    {
        Assert.True(expected.Shape.Equals(actual.Shape), $"{name}: shape {actual.Shape}, expected {expected.Shape}");
        bool whole = expected.Type is DType.Int32 or DType.Int64;
        for (int i = 0; i < expected.Shape.Count; i++)
        {
            double difference = Math.Abs(expected[i] - actual[i]);
            Assert.True(whole ? difference == 0 : difference <= tolerance, $"{name}[{i}] is {actual[i]}, expected {expected[i]}");
        }
    }

    public static Tensor Ints(ReadOnlySpan<int> values, params ReadOnlySpan<int> extents) => Tensor.From(new Shape(extents), values);

    public static Tensor Doubles(ReadOnlySpan<double> values, params ReadOnlySpan<int> extents) => Tensor.From(new Shape(extents), values);

    public static int[] ToInts(Tensor tensor) => tensor.ToInt32().Span<int>().ToArray();

    public static double[] ToDoubles(Tensor tensor) => [.. Enumerable.Range(0, tensor.Shape.Count).Select(i => tensor[i])];
}
