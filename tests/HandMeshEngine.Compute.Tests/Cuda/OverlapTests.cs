using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>
/// Programmatic dependent launches: from sm_90 on kernels start while their predecessors end. The simulator refuses what a lane of
/// such a launch touches too early.
/// </summary>
public sealed class OverlapTests
{
    private const string Call = "    wait_for_predecessor_and_release();\n";

    [Theory]
    [InlineData(90, 12040, true)]
    [InlineData(90, 12020, false)] // graphs of such drivers cannot hold it
    [InlineData(86, 12040, false)]
    public void All_launches_but_the_first_overlap_where_device_and_driver_can(int sm, int driver, bool can)
    {
        OpScene scene = OpCases.Named("branches side by side").Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(sm, "11.8", options: new SimulatorOptions { DriverVersion = driver }, loneOps: true, switches: "walk=off");
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(session);
        scene.Run(session);
        long launches = cuda.Simulator.Counters.Launches;
        Assert.InRange(launches, 6, 40);
        Assert.Equal(can ? launches - 2 : 0, cuda.Simulator.Counters.OverlappingLaunches);
    }

    [Theory]
    [InlineData(75)]
    [InlineData(80)]
    [InlineData(86)]
    [InlineData(89)]
    public void Images_of_architectures_without_the_wait_are_launched_plainly_on_a_newer_device(int sm)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("handmesh-kernels");
        try
        {
            OpScene scene = OpCases.Named("branches side by side").Make();
            SessionOptions options = new() { Precision = Precision.Float16, KernelFolder = folder.FullName };
            OpGraph graph = Optimizer.Run(scene.Graph.Build(), [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
            new KernelCache(folder.FullName).Load(
                [.. ProgramWriter.Write(CudaLowering.Lower(graph, options, new TileChoice(90)).Steps).Select(item => item.Program)],
                new KernelTarget(sm, KernelImageKind.Ptx), SimulatedCuda.Compiler("12.4"), null, CancellationToken.None);
            using Simulator simulator = new(new SimulatorOptions { Sm = 90 });
            CudaDriver driver = new(simulator.Table, "", loadsPtx: true);
            Assert.Null(driver.Start());
            using var backend = new CudaBackend(driver, new CudaBackendOptions(), compiler: null) { Hooks = new CudaTestHooks { LacksCompiler = true } };
            using var reference = new ReferenceBackend();
            using Session session = scene.Open(backend, options), expected = scene.Open(reference);
            scene.Run(session);
            scene.Run(session);
            scene.Run(expected);
            Assert.InRange(simulator.Counters.Launches, 6, 40);
            Assert.Equal(0, simulator.Counters.OverlappingLaunches);
            Assert.True(OpComparison.Compare("y", session.Output("y"), expected.Output("y")).Error < 1e-4);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_overlapping_launch_of_a_kernel_that_never_waits_is_a_race()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(90);
        const string source = """
            #include "prelude.cuh"
            KERNEL(32) never(float* y) { y[threadIdx.x] = 1.f; }
            KERNEL(32) nothing(float* y) {}
            """;
        KernelProgram program = new("never", source, [.. ProgramWriter.Sources.Where(pair => pair.Key == "prelude.cuh")], []);
        KernelImage old = SimulatedCuda.Compiler("12.4").Compile(program, new KernelTarget(80, KernelImageKind.Ptx));
        using CudaContext context = CudaContext.Retain(cuda.Device);
        using CudaStream stream = new(context);
        using DeviceMemory memory = new(context, 128);
        using CudaModule right = new(context, old), forged = new(context, old with { Target = new KernelTarget(90, KernelImageKind.Ptx) });
        var arguments = new KernelArguments().Add(memory);
        right.GetKernel("never").Launch(stream, new LaunchShape(1, 1, 1, 32), arguments, LaunchOptions.OverlapPredecessor);
        CudaException error = Assert.Throws<CudaException>(() =>
        {
            forged.GetKernel("nothing").Launch(stream, new LaunchShape(1, 1, 1, 32), arguments, LaunchOptions.OverlapPredecessor);
            stream.Synchronize();
        });
        Assert.Equal(CudaErrorKind.Sticky, error.Kind);
        Assert.Contains("never waits for it", cuda.Simulator.LastError);
    }

    [Theory]
    [InlineData("argmax2d.cu", "argmax2d")]
    [InlineData("attention.cu", "")]
    [InlineData("bincenters.cu", "")]
    [InlineData("depthwise.cu", "depthwise wide k3")]
    [InlineData("elements.cu", "")]
    [InlineData("gather.cu", "")]
    [InlineData("gemm.cuh", "conv2d residual prelu")]
    [InlineData("gemm.cuh", "convtranspose2d k4 s2 p1 op0")]
    [InlineData("gridsample.cu", "gridsample clamp")]
    [InlineData("layernorm.cu", "")]
    [InlineData("linear.cu", "")]
    [InlineData("matmul.cu", "matmul")]
    [InlineData("move.cu", "")]
    [InlineData("pool.cu", "maxpool k3 s2 p1 11x11")]
    [InlineData("reduce.cu", "")]
    [InlineData("resize.cu", "resize bilinear 7->14")]
    [InlineData("rootsolve.cu", "")]
    [InlineData("separable.cu", "separable 1x300->130 7x7 k3 s1 d1")]
    [InlineData("softmax.cu", "")]
    [InlineData("spacetodepth.cu", "spacetodepth before a convolution of single pixels")]
    public void A_kernel_that_does_not_wait_is_caught(string file, string name)
    {
        OpCase item = name switch
        {
            "" => new OpCase("rows", Rows),
            "matmul" => new OpCase(name, scene => scene.Output(
                scene.Graph.MatMul(scene.Weight(0.2f, 9, 21), scene.Graph.Relu(scene.Input("x", 1, 21, 16))))),
            _ => OpCases.Named(name),
        };
        Assert.Null(Record(item, ProgramWriter.Sources));
        var sources = new Dictionary<string, string>(ProgramWriter.Sources);
        Assert.Contains(Call, sources[file]);
        sources[file] = sources[file].Replace(Call, string.Empty, StringComparison.Ordinal);
        CudaException error = Assert.IsType<CudaException>(Record(item, sources));
        Assert.Equal(CudaErrorKind.Sticky, error.Kind);
    }

    [Fact]
    public void Every_kernel_waits_for_its_predecessor()
    {
        foreach ((string file, string text) in ProgramWriter.Sources.Where(pair => pair.Key.EndsWith(".cu", StringComparison.Ordinal)))
        {
            Assert.True(text.Contains(Call, StringComparison.Ordinal) || text.Contains("#include \"gemm.cuh\"", StringComparison.Ordinal), file);
        }
    }

    /// <summary>The ops on rows, each behind another launch.</summary>
    private static void Rows(OpScene scene)
    {
        GraphBuilder g = scene.Graph;
        Value x = g.Relu(scene.Input("x", 1, 21, 16)), v = g.Relu(scene.Input("v", 1, 32));
        scene.Output(g.Softmax(x));
        scene.Output(g.Add(new LayerNormOp(1e-5f), x, scene.Weight(1, 16), scene.Weight(1, 16)), "layernorm");
        scene.Output(g.Gather(x, scene.Table(21, 30)), "gather");
        scene.Output(g.Attention(x, x, x, 2, 0.3f), "attention");
        scene.Output(g.Linear(v, scene.Weight(0.2f, 40, 32)), "linear");
        scene.Output(g.BinCenters(v, scene.Positive(2), 1e-3f), "bins");
        scene.Output(g.Reduce(x, Reduction.Mean, 1), "reduce");
        scene.Output(g.Relu(g.Reshape(g.Transpose(x, 1, 2), 1, 21, 16)), "moved");
        scene.Output(g.RootSolve(g.Slice(x, 2, 0, 3), g.Slice(x, 2, 3, 2), g.Reshape(g.Slice(x, 2, 5, 1), 1, 21)), "root");
    }

    /// <summary>Runs a case twice on a device that overlaps, so that even its first kernels follow others' work.</summary>
    private static Exception? Record(OpCase item, IReadOnlyDictionary<string, string> sources)
    {
        OpScene scene = item.Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(90, sources: sources, loneOps: true, switches: "walk=off");
        return Xunit.Record.Exception(() =>
        {
            using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
            scene.Run(session);
            scene.Run(session);
        });
    }
}
