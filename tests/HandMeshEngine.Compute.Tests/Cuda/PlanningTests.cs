using System.Globalization;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Plans without a device, and machines without a compiler.</summary>
public sealed class PlanningTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handmesh-kernels");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("11.8")]
    [InlineData("12.4")]
    public void A_folder_filled_ahead_of_time_serves_a_machine_without_a_compiler(string nvrtc)
    {
        OpScene scene = OpCases.Named("chebterms 3").Make();
        SessionOptions options = new() { KernelFolder = _folder.FullName };
        using (var planning = new PlanningBackend(new KernelTarget(86, KernelImageKind.Ptx), SimulatedCuda.Compiler(nvrtc)))
        using (Session planned = scene.Open(planning, options))
        {
            Assert.Contains("chebterms", planned.PlanText);
            Assert.Throws<NotSupportedException>(() => planned.Run());
        }

        using Simulator simulator = new(new() { Sm = 86 });
        CudaDriver driver = new(simulator.Table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        using var backend = new CudaBackend(driver, new CudaBackendOptions(), compiler: null);
        using Session session = scene.Open(backend, options);
        scene.Run(session);
    }

    [Fact]
    public void Machine_code_of_several_architectures_lies_side_by_side()
    {
        OpScene scene = OpCases.Named("chebterms 3").Make();
        foreach (int sm in new[] { 75, 90 })
        {
            var steps = new List<CompileStep>();
            using var planning = new PlanningBackend(new KernelTarget(sm, KernelImageKind.Cubin), SimulatedCuda.Compiler("12.4"));
            scene.Open(planning, new() { KernelFolder = _folder.FullName, Progress = steps.Add }).Dispose();
            Assert.All(steps, step => Assert.False(step.WasCached));
            Assert.Contains(_folder.GetFiles(), file => file.Name.Contains(string.Create(CultureInfo.InvariantCulture, $"sm_{sm}-"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_architecture_is_a_device_that_only_plans()
    {
        using Backend backend = Devices.Open("sm_86");
        GraphBuilder builder = new(new Dictionary<string, Tensor>());
        builder.Output("y", builder.Relu(builder.Input("x", 1, 8)));
        using Session session = backend.Open(builder.Build(), SessionOptions.Default);
        Assert.Equal(8, session.Input<float>("x").Length);
        Assert.Contains("launches 1", session.PlanText);
        Assert.Throws<NotSupportedException>(() => session.Output("y").Length);
    }
}
