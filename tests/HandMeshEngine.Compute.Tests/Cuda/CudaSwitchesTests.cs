namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Ways of running the same kernels: each does what it says and changes no bit of a result.</summary>
public sealed class CudaSwitchesTests
{
    [Theory]
    [InlineData("overlap=off")]
    [InlineData("overlap=late")]
    [InlineData("carveout=100")]
    [InlineData("launch=plain")]
    [InlineData("walk=off")]
    [InlineData("frames=copied")]
    [InlineData("wait=blocked")]
    [InlineData("wait=polling launch=plain")]
    [InlineData("overlap=off launch=plain carveout=0")]
    public void A_switch_changes_no_bit(string text)
    {
        (float[] usual, _) = Run(CudaSwitches.Parse(""));
        (float[] switched, Simulator simulator) = Run(CudaSwitches.Parse(text));
        Assert.Equal(usual, switched);
        Assert.Equal(text.Contains("overlap=off", StringComparison.Ordinal), simulator.Counters.OverlappingLaunches == 0);
        Assert.Equal(text.Contains("launch=plain", StringComparison.Ordinal), simulator.Counters.GraphLaunches == 0);
        Assert.Equal(text.Contains("carveout", StringComparison.Ordinal), simulator.Counters.CarveoutsSet > 0);
    }

    [Theory]
    [InlineData("overlap=maybe")]
    [InlineData("carveout=101")]
    [InlineData("fast")]
    public void What_is_no_switch_is_refused_and_named(string text) =>
        Assert.StartsWith($"'{text}' is no switch of the CUDA backend; give overlap=", Assert.Throws<ArgumentException>(() => CudaSwitches.Parse(text)).Message);

    private static (float[] Result, Simulator Simulator) Run(CudaSwitches switches)
    {
        using Simulator simulator = new(new SimulatorOptions { Sm = 90 });
        CudaDriver driver = new(simulator.Table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        using var backend = new CudaBackend(driver, new CudaBackendOptions { Switches = switches }, SimulatedCuda.Compiler("12.4"));
        OpScene scene = OpCases.Named("branches side by side").Make();
        using Session session = scene.Open(backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(session);
        scene.Run(session);
        return (session.Output("y").ToArray(), simulator);
    }
}
