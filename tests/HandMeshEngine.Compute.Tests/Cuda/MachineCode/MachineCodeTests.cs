using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Tests.Cuda.MachineCode;

/// <summary>
/// What ptxas makes of the kernels for sm_90, where they overlap: loads of weights stay before the wait for the predecessor, nothing
/// that kernels write is read by the path for constants, registers suffice, and products are done on tensor cores where that is meant.
/// </summary>
public sealed class MachineCodeTests
{
    // Kernels that ask for weights or tables before they wait; of a launch of several functions, if all of them do.
    private static readonly string[] _prefetching = ["conv2d_mma", "convtranspose2d_mma", "linear_mma", "linear_rows", "spiralconv_mma", "separable", "chain"];

    private static readonly string[] _onTensorCores = ["conv2d_mma", "convtranspose2d_mma", "linear_mma", "spiralconv_mma", "separable", "chain"];

    [Theory]
    [InlineData("11.8", "mediapipe-hand", null)]
    [InlineData("12.4", "mediapipe-hand", null)]
    [InlineData("12.4", "handdgp", null)]
    [InlineData("12.4", "mobrecon", "dsconv")]
    [InlineData("12.4", "mobrecon", "spiralconv")]
    [InlineData("12.4", "graphhand", null)]
    [InlineData("12.4", "handar", null)]
    [InlineData("12.4", "inceptiongraph", "r18")]
    [InlineData("12.4", "pixelaligned", "r18")]
    public void The_kernels_of_a_system_are_in_machine_code_what_their_sources_say(string nvrtc, string system, string? variant)
    {
        var options = new EstimatorOptions { System = system, Variant = variant, Weights = system == "mediapipe-hand" ? null : "random:1" };
        LaunchStep[] steps =
            [.. HandNetworks.Build(options).SelectMany(pair => Plan(pair.Value, Precision.Float16)).DistinctBy(step => step.Entry)];
        Assert.NotEmpty(steps);
        Dictionary<string, KernelCode> kernels = Disassembled(steps, nvrtc, ProgramWriter.Sources);
        Assert.All(steps, step => Assert.Null(Fault(step, kernels[step.Entry])));
    }

    [Theory]
    [InlineData("conv2d 64->128 14x15 k3 s2 p1", "gemm.cuh", "    wait_for_predecessor_and_release();\n", "", "never waits")]
    [InlineData("conv2d 64->128 14x15 k3 s2 p1", "prelude.cuh", "ld.global.v4.u32", "ld.global.nc.v4.u32", "by the path for constants")]
    [InlineData("conv2d 64->128 14x15 k3 s2 p1", "gemm.cuh", "    Weights w[AHEAD];\n", "    wait_for_predecessor();\n    Weights w[AHEAD];\n", "no load before")]
    [InlineData("linear 1x1152->63", "linear.cu", "    Taps next[OUTPUTS];\n", "    wait_for_predecessor();\n    Taps next[OUTPUTS];\n", "no load before")]
    [InlineData("separable 1x300->130 7x7 k3 s1 d1", "tile.cuh", "mma_16x8x16(sums[i][j], a[i], w[j][half * 2], w[j][half * 2 + 1]);", "sums[i][j][0] += (float)(a[i][0] * w[j][0]);", "no product on tensor cores")]
    [InlineData("conv2d 64->128 14x15 k3 s2 p1", "gemm.cuh", "multiply_step(sums, tile + warp_k() * (TILE_M * 64), w[i]);", "multiply_step(sums, tile + warp_k() * (TILE_M * 64), w[(i + (int)blockIdx.z) % AHEAD]);", "local memory")]
    public void A_planted_fault_is_found_in_machine_code(string name, string file, string text, string planted, string fault)
    {
        var sources = new Dictionary<string, string>(ProgramWriter.Sources);
        Assert.Contains(text, sources[file]);
        sources[file] = sources[file].Replace(text, planted, StringComparison.Ordinal);
        LaunchStep[] steps = [.. Plan(OpCases.Named(name).Make().Graph.Build(), Precision.Float16, roundsHeads: true)];
        LaunchStep step = steps.Single(step => _prefetching.Any(kind => step.Variant.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Null(Fault(step, Disassembled(steps, "12.4", ProgramWriter.Sources)[step.Entry]));
        Assert.Contains(fault, Fault(step, Disassembled(steps, "12.4", sources)[step.Entry]));
    }

    /// <summary>What is wrong with a kernel in machine code, or null.</summary>
    private static string? Fault(LaunchStep step, KernelCode code)
    {
        string[] variants = step.Parts.Count > 0 ? [.. step.Parts.Select(part => part.Variant)] : [step.Variant];
        bool Are(string[] kinds) => variants.All(variant => kinds.Any(kind => variant.StartsWith(kind, StringComparison.Ordinal)));
        return code.Waits == 0 ? $"{code.Name} never waits for its predecessor"
            : code.LoadsAhead == 0 && Are(_prefetching) ? $"{code.Name} has no load before it waits"
            : code.ConstantLoads > 0 ? $"{code.Name} reads {code.ConstantLoads} times by the path for constants"
            : code.LocalAccesses > 0 ? $"{code.Name} has {code.LocalAccesses} accesses to local memory"
            : code.MatrixProducts == 0 && variants.Any(variant => _onTensorCores.Any(kind => variant.StartsWith(kind, StringComparison.Ordinal)))
                ? $"{code.Name} has no product on tensor cores"
            : null;
    }

    private static IEnumerable<LaunchStep> Plan(OpGraph graph, Precision precision, bool roundsHeads = false)
    {
        OpGraph optimized = Optimizer.Run(graph, [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
        return CudaLowering.Lower(optimized, SimulatedCuda.Options(precision), new TileChoice(90), roundsHeads).Steps;
    }

    private static Dictionary<string, KernelCode> Disassembled(LaunchStep[] steps, string nvrtc, IReadOnlyDictionary<string, string> sources)
    {
        KernelImage[] images = new KernelCache(SimulatedCuda.Options().KernelFolder).Load(
            [.. ProgramWriter.Write(steps, sources).Select(item => item.Program)], new KernelTarget(90, KernelImageKind.Cubin),
            SimulatedCuda.Compiler(nvrtc), null, CancellationToken.None);
        return images.SelectMany(image => Disassembler.Read(image.Bytes)).ToDictionary(code => code.Name);
    }
}
