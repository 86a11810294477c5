using HandMeshEngine.Compute.Backends.Cpu.Machine;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu.Machine;

/// <summary>Plans in bf16 against the reference that rounds the same operands; and what becomes of their code.</summary>
public sealed class CpuBFloat16Tests
{
    private static readonly SessionOptions _bf16 = new() { Precision = Precision.BFloat16 };

    public static TheoryData<string> Names => [.. OpCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_agrees_with_the_reference_that_rounds_alike(string name)
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 2, SimdLevels.Best, guarded: true);
        using var reference = new ReferenceBackend();
        OpCase item = OpCases.Named(name);
        OpScene scene = item.Make();
        using Session expected = scene.Open(reference, _bf16), got = scene.Open(cpu, _bf16);
        scene.Run(expected);
        scene.Run(got);
        foreach (string output in expected.Graph.Outputs.Keys)
        {
            OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));

            // Where one product feeds another, a sum may be rounded to either of two neighbours: 2^-8 squared, of some values. Winograd rounds what its
            // transforms make of the operands: on normally distributed numbers an error of 1.2e-5 where rounding the operands makes 0.5e-5.
            bool isChain = got.Graph.Nodes.Count(node => BFloat16Products.Rounds(got.Graph, node)) > 1;
            double tolerance = got.PlanText.Contains("winograd 2x2 bf16") ? 4e-5 : isChain ? 1e-6 : 0;
            Assert.True(comparison.Error <= Math.Max(item.Tolerance, tolerance), $"{name}, {comparison}\n{got.PlanText}");
        }

        Assert.True(((CpuSession)got).GuardsAreIntact, $"{name} wrote outside its buffers\n{got.PlanText}");
    }

    [Fact]
    public void The_cases_contain_products_that_are_rounded_and_some_that_are_not()
    {
        OpGraph[] graphs = [.. OpCases.All.Select(item => item.Make().Graph.Build())];
        Assert.True(graphs.Count(graph => graph.Nodes.Any(node => BFloat16Products.Rounds(graph, node))) > 30);
        Assert.Contains(graphs, graph => graph.Nodes.Any(node => node.Op is Conv2dOp && !BFloat16Products.Rounds(graph, node)));
    }

    [Fact]
    public void Winograd_costs_little_more_than_rounding_the_operands()
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 1);
        using var reference = new ReferenceBackend();
        OpScene scene = new OpCase("bf16 winograd", made => made.Output(made.Graph.Add(
            new Conv2dOp(1, Padding.Same(1), 1, 1, new Epilogue(false, false, Compute.Graph.Activation.None)),
            made.Input("x", 1, 64, 16, 17),
            made.Weight(0.1f, 48, 64, 3, 3)))).Make();
        using Session exact = scene.Open(reference), rounded = scene.Open(reference, _bf16), got = scene.Open(cpu, _bf16);
        Assert.Contains("winograd 2x2 bf16", got.PlanText);
        scene.Run(exact);
        scene.Run(rounded);
        scene.Run(got);
        double unavoidable = OpComparison.Compare("y", rounded.Output("y"), exact.Output("y")).Error;
        double error = OpComparison.Compare("y", got.Output("y"), exact.Output("y")).Error;
        Assert.True(error < 3 * unavoidable, $"{error} against {unavoidable} of rounded operands");
    }

    [Fact]
    public void Results_repeat_to_the_last_bit_whatever_the_number_of_threads()
    {
        SkipWithoutBFloat16();
        float[]? first = null;
        foreach (int threads in new[] { 1, 2, 3, 1 })
        {
            using var cpu = new CpuBackend(threads);
            OpScene scene = Chain();
            using Session session = scene.Open(cpu, _bf16);
            scene.Run(session);
            scene.Run(session);
            float[] result = session.Output("y").ToArray();
            Assert.Equal(first ??= result, result);
        }
    }

    [Fact]
    public void A_plan_in_fp32_is_another_than_one_in_bf16_and_has_no_code()
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 1);
        OpScene scene = Chain();
        using Session full = scene.Open(cpu), half = scene.Open(cpu, _bf16), again = scene.Open(cpu);
        scene.Run(full);
        scene.Run(half);
        scene.Run(again);
        Assert.DoesNotContain("bf16", full.PlanText);
        Assert.Contains("bf16", half.PlanText);
        Assert.Equal(full.Output("y").ToArray(), again.Output("y").ToArray());
        Assert.NotEqual(full.Output("y").ToArray(), half.Output("y").ToArray());
    }

    [Fact]
    public async Task Sessions_of_one_plan_run_at_once()
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 1);
        OpScene scene = Chain();
        using Session one = scene.Open(cpu, _bf16);
        scene.Run(one);
        float[] expected = one.Output("y").ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                using Session session = scene.Open(cpu, _bf16);
                scene.Run(session);
                Assert.Equal(expected, session.Output("y").ToArray());
            }
        })));
    }

    [Fact]
    public void A_system_that_lets_no_memory_become_executable_is_told_with_what_to_do()
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 1) { RefusesCode = true };
        OpScene scene = Chain();
        var refusal = Assert.Throws<NotSupportedException>(() => scene.Open(cpu, _bf16));
        Assert.Contains("use fp32", refusal.Message);
        using Session full = scene.Open(cpu);
        scene.Run(full);
    }

    [Fact]
    public void Narrower_vectors_are_refused_with_what_to_do()
    {
        using var cpu = new CpuBackend(threads: 1, SimdLevel.Vector128, guarded: false);
        Assert.Contains("use fp32", Assert.Throws<NotSupportedException>(() => Chain().Open(cpu, _bf16)).Message);
    }

    [Fact]
    public void Fp16_is_refused_by_the_processor()
    {
        using var cpu = new CpuBackend(threads: 1);
        Assert.Throws<NotSupportedException>(() => Chain().Open(cpu, new SessionOptions { Precision = Precision.Float16 }));
    }

    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(1.00390625f, 0x3F80)] // half-way, down to even
    [InlineData(1.01171875f, 0x3F82)] // half-way, up to even
    [InlineData(-3.4e38f, 0xFF80)]
    [InlineData(float.NaN, 0xFFC0)]
    [InlineData(float.NegativeInfinity, 0xFF80)]
    [InlineData(1e-40f, 0)]
    public void Bf16_rounds_to_nearest_even(float value, int bits) => Assert.Equal(bits, BFloat16.Bits(value));

    [Fact]
    public unsafe void The_function_that_rounds_agrees_with_the_reference()
    {
        SkipWithoutBFloat16();
        var random = new Random(5);
        foreach (int floats in new[] { 1, 2, 15, 16, 17, 128, 200, 391, 1024 })
        {
            const int runs = 3;
            float[] from = [.. Enumerable.Range(0, runs * floats).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))];
            ushort[] to = [.. Enumerable.Repeat((ushort)0xABCD, (runs * (floats + 2)) + 8)];
            using var code = new MachineCode();
            MachineFunction function = code.Function(
                new RoundingWriter.Description(floats), assembler => RoundingWriter.Write(assembler, new RoundingWriter.Description(floats), OperatingSystem.IsWindows()));
            code.Complete();
            fixed (float* source = from)
            fixed (ushort* target = to)
            {
                RoundedRows rows;
                rows.From = source;
                rows.To = (float*)target;
                rows.Runs = runs;
                rows.FromStep = floats * sizeof(float);
                rows.ToStep = (floats + 2) * sizeof(ushort);
                function.Run(&rows);
            }

            for (int i = 0; i < to.Length; i++)
            {
                (int run, int at) = Math.DivRem(i, floats + 2);
                Assert.Equal(run < runs && at < floats ? BFloat16.Bits(from[(run * floats) + at]) : (ushort)0xABCD, to[i]);
            }
        }
    }

    internal static void SkipWithoutBFloat16() => Assert.SkipWhen(MachineFeatures.WhyNoBFloat16 is not null, MachineFeatures.WhyNoBFloat16 ?? string.Empty);

    // Every kind of product: 3x3 with a border and with stride, 1x1 with a residual, transposed.
    internal static OpScene Chain() => new OpCase("bf16 chain", scene =>
    {
        GraphBuilder g = scene.Graph;
        var bare = new Epilogue(true, false, Compute.Graph.Activation.Relu);
        Value x = scene.Input("x", 1, 32, 18, 15);
        Value y = g.Add(new Conv2dOp(1, Padding.Same(1), 1, 1, bare), x, scene.Weight(0.1f, 48, 32, 3, 3), scene.Weight(1, 48));
        y = g.Add(new Conv2dOp(1, default, 1, 1, bare with { Residual = true }), y, scene.Weight(0.1f, 32, 48, 1, 1), scene.Weight(1, 32), x);
        y = g.Add(new Conv2dOp(2, Padding.Same(1), 1, 1, bare), y, scene.Weight(0.1f, 40, 32, 3, 3), scene.Weight(1, 40));
        scene.Output(g.Add(new ConvTranspose2dOp(2, 1, 0, bare), y, scene.Weight(0.1f, 40, 24, 4, 4), scene.Weight(1, 24)));
    }).Make();
}
