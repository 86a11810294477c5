using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Tests.Cuda.MachineCode;
using HandMeshEngine.Cuda.Compilation;
using HandMeshEngine.Systems.MediaPipeHand;
using PtxSimulator.Execution;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>
/// What is checked in under tests/golden: the plans of the default networks with the counters of one run; registers, spills,
/// shared memory and machine code (MachineCode/KernelCode.cs) of a fixed list of kernels, and what each of them moves for a byte of its result. To write the files anew: HANDMESH_WRITE_GOLDEN=1 dotnet test --filter CudaGoldenTests.
/// </summary>
public sealed partial class CudaGoldenTests
{
    // One case a kernel file and variant; both precisions of each give the list of kernels.
    private static readonly string[] _cases =
    [
        "conv2d 64->128 14x15 k3 s2 p1", "conv2d 48->48 28x28 k3 s1 p1", "conv2d 3->64 21x22 k7 s2 p3", "conv2d residual prelu", "conv2d 1x1 gelu",
        "conv2d groups 3", "depthwise 144 14x14 k5 s2", "convtranspose2d k4 s2 p1 op0", "linear 98x259->256", "linear 1x1152->63",
        "spiralconv 98x259->256", "attention 98x98 width 256 heads 4", "matmul batch by batch", "maxpool k3 s2 p1 11x11", "resize bilinear 7->14",
        "separable 1x300->130 7x7 k3 s1 d1", "separable 1x40->41 17x20 k3 s1 d2", "gridsample clamp", "warp bilinear replicate 1", "warp opencv zero", "layernorm", "rootsolve",
    ];

    // Several in one launch.
    private static readonly string[] _chains = ["chain 1x40->24->70->33 41x37 s1", "chain 1x8->136->24->260 29x32 s1"];

    // The tile that needs most registers.
    private static readonly TileTable _widest = new();

    private static readonly TensorMap _weights = SafetensorsFile.Read(
        Path.Combine(CaseFolders.Repository!, "weights", "mediapipe-hand-full.safetensors"));

    static CudaGoldenTests() => _widest.Set(new ProductShape(98, 256, 33, 1), new Tile(128, 128, 4));

    public static TheoryData<string, int> Targets
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string nvrtc in new[] { "11.8", "12.4" })
            {
                foreach (int sm in new[] { 75, 80, 86, 89, 90 })
                {
                    data.Add(nvrtc, sm);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Kernels_spill_nothing_and_use_the_registers_of_the_table(string nvrtc, int sm)
    {
        Nvrtc compiler = SimulatedCuda.Compiler(nvrtc);
        LaunchStep[] steps =
        [
            .. _cases.SelectMany(name => Steps(name, sm, merges: false)).Where(step => step.File != "move")
                .Concat(_chains.SelectMany(name => Steps(name, sm, merges: true)).Where(step => step.Links.Count > 0))
                .Concat(Steps("branches side by side", sm, merges: true).Where(step => step.Parts.Count > 1))
                .Concat(Steps("linear 98x259->256", sm, merges: false, _widest).Where(step => step.Product is not null)).DistinctBy(step => step.Entry),
        ];
        Assert.InRange(steps.Length, 35, 60);
        KernelProgram[] programs = [.. ProgramWriter.Write(steps).Select(item => item.Program with { Options = ["--ptxas-options=-v"] })];
        KernelImage[] images = new KernelCache(SimulatedCuda.Options().KernelFolder).Load(
            programs, new KernelTarget(sm, KernelImageKind.Cubin), compiler, null, CancellationToken.None);
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (KernelImage image in images)
        {
            Assert.DoesNotContain("warning", image.Log);
            Dictionary<string, KernelCode> codes = Disassembler.Read(image.Bytes).ToDictionary(code => code.Name);
            string log = image.Log.ReplaceLineEndings("\n");
            foreach (Match match in Resources().Matches(log))
            {
                Assert.True((match.Groups["stack"].Value, match.Groups["stores"].Value, match.Groups["loads"].Value) == ("0", "0", "0"), match.Value);
                KernelCode code = codes[match.Groups["entry"].Value];
                Assert.Equal((sm >= 90, 0), (code.Waits > 0, code.LocalAccesses));
                lines.Add(
                    code.Name,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{code.Name} registers {match.Groups["registers"].Value} spills 0 static shared {(match.Groups["shared"].Success ? match.Groups["shared"].Value : "0")} loads before the wait {code.LoadsAhead} matrix products {code.MatrixProducts} constant loads {code.ConstantLoads} local accesses 0\n"));
            }
        }

        Assert.Equal(steps.Length, lines.Count);
        Compare($"cuda-kernels-nvrtc{nvrtc}-sm{sm}.txt", string.Concat(lines.Values));
    }

    [Theory]
    [InlineData("palm")]
    [InlineData("hand")]
    public void The_default_networks_have_the_plans_and_counters_of_the_table(string network)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        OpGraph graph = network == "palm" ? PalmDetector.Build(_weights) : HandLandmarks.Build(_weights, crops: 1);
        using Session session = cuda.Backend.Open(graph, SimulatedCuda.Options(Precision.Float16));
        Span<double> matrix = session.Input<double>("matrix");
        (matrix[0], matrix[4], matrix[8]) = (1, 1, 1);
        session.Run(new ImageView(new byte[64 * 64 * 3], 64, 64, 64 * 3, PixelFormat.Rgb));
        var text = new StringBuilder(session.PlanText);
        foreach (IGrouping<string, KeyValuePair<string, KernelCounters>> variant in
            cuda.Simulator.Kernels.GroupBy(pair => pair.Key[..pair.Key.LastIndexOf('_')]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{variant.Key}: launches {Sum(variant, c => c.Launches)}, instructions {Sum(variant, c => c.WarpInstructions)}, mma {Sum(variant, c => c.MatrixInstructions)}, shared wavefronts {Sum(variant, c => c.SharedWavefronts)} of {Sum(variant, c => c.SharedRequests)} requests, global sectors {Sum(variant, c => c.GlobalSectors)}\n");
        }

        Compare($"cuda-plan-{network}.txt", text.ToString());
    }

    /// <summary>Budgets of the kernels: bytes from and to global memory for a byte of the result, and passes over the banks for a shared request.</summary>
    [Fact]
    public void The_kernels_move_what_the_table_allows()
    {
        var text = new StringBuilder();
        foreach (string name in _cases.Concat(_chains))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}\n");
            foreach (Precision precision in new[] { Precision.Float32, Precision.Float16 })
            {
                using SimulatedCuda cuda = SimulatedCuda.Open(loneOps: true, switches: "walk=off");
                OpScene scene = OpCases.Named(name).Make();
                using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options(precision));
                scene.Run(session);
                foreach ((string entry, KernelCounters counters) in cuda.Simulator.Kernels.Where(pair => !pair.Key.StartsWith("move", StringComparison.Ordinal)))
                {
                    string variant = entry[..entry.LastIndexOf('_')];
                    double written = counters.GlobalBytesWritten, requests = Math.Max(1, counters.SharedRequests);
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"  {variant}: {written} bytes, each with {counters.GlobalBytesRead / written:f1} read, {32 * counters.GlobalSectors / written:f1} in sectors, {counters.WarpInstructions * 32 / written:f1} lane instructions; {counters.SharedWavefronts / requests:f2} wavefronts a shared request\n");
                }
            }
        }

        Compare("cuda-counters.txt", text.ToString());
    }

    private static long Sum(IEnumerable<KeyValuePair<string, KernelCounters>> kernels, Func<KernelCounters, long> counter) =>
        kernels.Sum(pair => counter(pair.Value));

    private static IEnumerable<LaunchStep> Steps(string name, int sm, bool merges, TileTable? tiles = null)
    {
        OpGraph graph = OpCases.Named(name).Make().Graph.Build();
        graph = Optimizer.Run(graph, [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
        return new[] { Precision.Float32, Precision.Float16 }.SelectMany(
            precision => CudaLowering.Lower(graph, SimulatedCuda.Options(precision), new TileChoice(sm, tiles), roundsHeads: true, merges, walks: false).Steps);
    }

    private static void Compare(string file, string text)
    {
        string path = Path.Combine(SimulatedCuda.Root, "tests", "golden", file);
        if (EnvironmentVariables.Read("HANDMESH_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    [GeneratedRegex(@"Compiling entry function '(?<entry>\w+)' for[^\n]*\n[^\n]*\n\D*(?<stack>\d+) bytes stack frame, (?<stores>\d+) bytes spill stores, (?<loads>\d+) bytes spill loads\n[^\n]*Used (?<registers>\d+) registers(?:, (?<barriers>\d+) barriers)?(?:, (?<shared>\d+) bytes smem)?")]
    private static partial Regex Resources();
}
