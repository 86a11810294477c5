using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Machine;

namespace HandMeshEngine.Compute.Tests.Cpu.Machine;

/// <summary>Emitted register tiles against plain loops, on memory with values around every row that must not change.</summary>
public sealed unsafe class ProductTileTests
{
    private const int Calls = 2;

    // Rows further apart than they are long, so that a wrong row or a store past its end shows.
    private const int Row = 160;

    private const float Untouched = -99;

    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 2, 1 }, { 7, 1 }, { 14, 1 }, { 1, 2 }, { 6, 2 }, { 13, 2 }, { 14, 2 }, { 1, 3 }, { 8, 3 }, { 1, 4 }, { 6, 4 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_tile_computes_what_plain_loops_do(int pixels, int vectors)
    {
        Assert.SkipWhen(MachineFeatures.WhyNoBFloat16 is not null, MachineFeatures.WhyNoBFloat16 ?? string.Empty);
        foreach (Arithmetic arithmetic in Enum.GetValues<Arithmetic>())
        {
            foreach (int length in new[] { 1, 3, 4, 7, 8, 13 })
            {
                foreach (int lanes in new[] { 16, 11, 1 })
                {
                    var tile = new ProductTile(arithmetic, pixels, vectors, lanes, new TileSegments([0, 21, 17]), length);
                    Run(tile);
                    Run(tile with { HasResidual = true, HasLow = true, OutputIsFar = true });
                    Run(tile with { HasResidual = true, HasLow = true, HasHigh = true, Prefetches = true });
                    Run(tile with { HasSlope = true, Prefetches = true });
                }

                Run(new ProductTile(arithmetic, pixels, vectors, 14, new TileSegments([0]), length) { StoresBFloat16 = true, HasLow = true });
                Run(new ProductTile(arithmetic, pixels, vectors, 16, new TileSegments([0]), length) { StoresBFloat16 = true, OutputIsFar = true });
            }
        }
    }

    [Fact]
    public void The_code_for_windows_saves_what_that_convention_asks_for()
    {
        var code = new Assembler();
        ProductTileWriter.Write(code, new ProductTile(Arithmetic.BFloat16, 14, 2, 16, new TileSegments([0]), 8), isWindows: true);
        string[] lines = Decoded.Lines(code.ToArray());
        string[] saved = ["rbx", "rbp", "rdi", "rsi", "r12", "r13", "r14", "r15"];
        Assert.All(saved, register => Assert.Contains($"push {register}", lines));
        Assert.All(saved, register => Assert.Contains($"pop {register}", lines));
        Assert.Equal(saved.Reverse().Select(register => $"pop {register}").ToHashSet(), lines.Where(line => line.StartsWith("pop")).ToHashSet());
        for (int i = 6; i < 16; i++)
        {
            string store = Assert.Single(lines, line => line.StartsWith("vmovups [rsp") && line.EndsWith($", xmm{i}"));
            string place = store[8..store.IndexOf(']')];
            Assert.Single(lines, line => line == $"vmovups xmm{i}, {place}]");
        }
    }

    [Fact]
    public void No_code_uses_registers_that_it_does_not_save()
    {
        foreach (bool isWindows in new[] { false, true })
        {
            foreach ((int pixels, int vectors) in Shapes.Select(row => (row.Data.Item1, row.Data.Item2)))
            {
                var code = new Assembler();
                var tile = new ProductTile(Arithmetic.BFloat16, pixels, vectors, 5, new TileSegments([0, 9]), 9)
                {
                    HasResidual = true,
                    HasSlope = true,
                    Prefetches = true,
                    OutputIsFar = true,
                };
                ProductTileWriter.Write(code, tile, isWindows);
                IReadOnlyList<Iced.Intel.Instruction> instructions = Decoded.Instructions(code.ToArray());
                var pushed = instructions.Where(i => i.Mnemonic == Iced.Intel.Mnemonic.Push).Select(i => i.Op0Register).ToHashSet();
                var factory = new Iced.Intel.InstructionInfoFactory();
                var written = instructions
                    .SelectMany(i => factory.GetInfo(i).GetUsedRegisters().Where(used => used.Access is not (Iced.Intel.OpAccess.Read or Iced.Intel.OpAccess.CondRead)))
                    .Select(used => Iced.Intel.RegisterExtensions.GetFullRegister(used.Register))
                    .Where(register => Iced.Intel.RegisterExtensions.IsGPR64(register) && register != Iced.Intel.Register.RSP)
                    .ToHashSet();
                Iced.Intel.Register[] free = isWindows
                    ? [Iced.Intel.Register.RAX, Iced.Intel.Register.RCX, Iced.Intel.Register.RDX, Iced.Intel.Register.R8, Iced.Intel.Register.R9, Iced.Intel.Register.R10, Iced.Intel.Register.R11]
                    : [Iced.Intel.Register.RAX, Iced.Intel.Register.RCX, Iced.Intel.Register.RDX, Iced.Intel.Register.RSI, Iced.Intel.Register.RDI, Iced.Intel.Register.R8, Iced.Intel.Register.R9, Iced.Intel.Register.R10, Iced.Intel.Register.R11];
                Assert.Empty(written.Except(pushed).Except(free));
            }
        }
    }

    private static void Run(ProductTile tile)
    {
        var random = new Random(31);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        bool isPairs = tile.Arithmetic == Arithmetic.BFloat16;
        int depth = tile.Segments.Count * tile.Length, pixels = Calls * tile.Pixels, panel = tile.Vectors * 16;
        int channels = panel - 16 + tile.Lanes;
        float[] bias = Numbers(panel), slopes = Numbers(panel), residuals = Numbers(pixels * Row);
        float[] outputs = [.. Enumerable.Repeat(Untouched, pixels * Row)];

        // A pair of bf16 takes the place of a float; a float stands for itself and a zero.
        float[] inputs = Numbers(2 * pixels * Row), weights = Numbers(2 * depth * panel);
        float[] packedInputs = Packed(inputs, isPairs), packedWeights = Packed(weights, isPairs);
        int[] rows = [.. Enumerable.Range(0, pixels).Select(pixel => (pixels - 1 - pixel) * Row)];
        using var code = new MachineCode();
        MachineFunction function = code.Function(tile, assembler => ProductTileWriter.Write(assembler, tile, OperatingSystem.IsWindows()));
        code.Complete();
        fixed (float* input = packedInputs, weight = packedWeights, biases = bias, slope = slopes, residual = residuals, output = outputs)
        fixed (int* row = rows)
        {
            TileCall call = default;
            call.Tiles = Calls;
            call.Input = input + 3;
            call.InputRows = row;
            call.Weights = weight;
            call.Bias = biases;
            call.Slope = slope;
            call.Low = -0.25f;
            call.High = 0.5f;
            call.Residual = residual;
            call.ResidualRows = row;
            call.Output = output;
            call.OutputRows = row;
            function.Run(&call);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            int channel = i % Row, start = i - channel;
            if (tile.StoresBFloat16 ? channel >= channels / 2 : channel >= channels)
            {
                Assert.True(outputs[i] == Untouched, $"{tile} wrote past {channels} channels");
                continue;
            }

            uint bits = BitConverter.SingleToUInt32Bits(outputs[i]);
            for (int half = 0; half < (tile.StoresBFloat16 ? 2 : 1); half++)
            {
                int c = tile.StoresBFloat16 ? (2 * channel) + half : channel;
                double sum = bias[c] + (tile.HasResidual ? residuals[start + c] : 0);
                for (int k = 0; k < depth; k++)
                {
                    int at = start + 3 + tile.Segments[k / tile.Length] + (k % tile.Length), w = (k * panel) + c;
                    sum += (Value(inputs, 2 * at, isPairs) * Value(weights, 2 * w, isPairs)) + (isPairs ? Value(inputs, (2 * at) + 1, true) * Value(weights, (2 * w) + 1, true) : 0);
                }

                double expected = tile.HasSlope ? Math.Max(0, sum) + (slopes[c] * Math.Min(0, sum))
                    : Math.Min(tile.HasHigh ? 0.5 : double.MaxValue, Math.Max(tile.HasLow ? -0.25 : double.MinValue, sum));
                double got = tile.StoresBFloat16 ? BitConverter.UInt32BitsToSingle(half == 0 ? bits << 16 : bits & 0xFFFF0000) : outputs[i];
                double tolerance = tile.StoresBFloat16 ? 1e-5 + (Math.Abs(expected) / 256) : 2e-5;
                Assert.True(Math.Abs(got - expected) < tolerance, $"{tile}: {got} in channel {c}, not {expected}");
            }
        }
    }

    private static double Value(float[] numbers, int index, bool rounds) => rounds ? BFloat16.Round(numbers[index]) : numbers[index];

    private static float[] Packed(float[] numbers, bool isPairs) =>
    [
        .. Enumerable.Range(0, numbers.Length / 2).Select(i => !isPairs
            ? numbers[2 * i]
            : BitConverter.UInt32BitsToSingle(BFloat16.Bits(numbers[2 * i]) | ((uint)BFloat16.Bits(numbers[(2 * i) + 1]) << 16))),
    ];
}
