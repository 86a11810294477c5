namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Every op on the simulated device against the reference, in both precisions; the simulator checks each access.</summary>
public sealed class CudaOpTests : IDisposable
{
    // Operands and results are rounded to 11 bits, which alone gives about 3e-7; sums of products of those stay near it.
    private const double HalfTolerance = 1e-5;

    private readonly SimulatedCuda _cuda = SimulatedCuda.Open(loneOps: true);
    private readonly ReferenceBackend _reference = new();

    public static TheoryData<string> Names => [.. OpCases.All.Select(item => item.Name)];

    public void Dispose()
    {
        _cuda.Dispose();
        _reference.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_agrees_with_the_reference_in_fp32(string name) => Check(name, Precision.Float32, OpCases.Named(name).Tolerance);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_agrees_with_the_reference_in_fp16(string name) => Check(name, Precision.Float16, HalfTolerance);

    private void Check(string name, Precision precision, double tolerance)
    {
        OpScene scene = OpCases.Named(name).Make();
        using Session expected = scene.Open(_reference);
        using Session got = scene.Open(_cuda.Backend, SimulatedCuda.Options(precision));
        scene.Run(expected);
        scene.Run(got);
        foreach (string output in expected.Graph.Outputs.Keys)
        {
            OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));
            Assert.True(comparison.Error <= tolerance, $"{name}, {comparison}\n{got.PlanText}");
        }
    }
}
