using HandMeshEngine.Compute.Backends.Cpu.Machine;

namespace HandMeshEngine.Compute.Tests.Cpu.Machine;

/// <summary>Every encoding, read by an independent decoder, for all registers and for displacements around the limits of their short forms.</summary>
public sealed class AssemblerTests
{
    private static readonly int[] _displacements = [0, 1, 4, 32, 60, 63, 64, 127, 128, 508, 512, 2032, 4032, 8128, 8192, 1 << 20, -1, -4, -64, -128, -129, -512, -8192, -8256];

    private static readonly Gpr[] _general = Enum.GetValues<Gpr>();

    [Fact]
    public void Vectors_in_registers_are_encoded_as_the_decoder_reads_them()
    {
        var expected = new List<string>();
        var code = new Assembler();
        foreach (int bytes in new[] { 16, 32, 64 })
        {
            for (int i = 0; i < 32; i++)
            {
                (Vec a, Vec b, Vec c) = (new Vec(i, bytes), new Vec((i * 7) % 32, bytes), new Vec((i * 13 + 5) % 32, bytes));
                void Three(string name, Action<Vec, Vec, Vec> write)
                {
                    write(a, b, c);
                    expected.Add($"{name} {Name(a)}, {Name(b)}, {Name(c)}");
                }

                bool isVex = bytes < 64 && (a.Number | b.Number | c.Number) < 16;
                Three("vaddps", code.Vaddps);
                Three("vsubps", code.Vsubps);
                Three("vmulps", code.Vmulps);
                Three("vminps", code.Vminps);
                Three("vmaxps", code.Vmaxps);
                Three("vfmadd231ps", code.Vfmadd231ps);
                Three("vdpbf16ps", code.Vdpbf16ps);
                Three("vpdpwssd", code.Vpdpwssd);
                Three("vpaddd", code.Vpaddd);
                Three(isVex ? "vpxor" : "vpxord", code.Vpxord);
                code.Vmovups(a, b);
                code.Vcvtdq2ps(a, b);
                expected.Add($"vmovups {Name(a)}, {Name(b)}");
                expected.Add($"vcvtdq2ps {Name(a)}, {Name(b)}");
                if (bytes > 16)
                {
                    Vec half = a with { Bytes = bytes / 2 };
                    code.Vcvtneps2bf16(half, b);
                    expected.Add($"vcvtneps2bf16 {Name(half)}, {Name(b)}");
                }
            }
        }

        Check(expected, code);
    }

    [Fact]
    public void Vectors_in_memory_are_encoded_as_the_decoder_reads_them()
    {
        var expected = new List<string>();
        var code = new Assembler();
        int turn = 0;
        foreach ((Address at, string text) in Addresses())
        {
            turn++;
            int bytes = 16 << (turn % 3);
            (Vec a, Vec b) = (new Vec(turn % 32, bytes), new Vec((turn * 11) % 32, bytes));
            Vec half = new(a.Number, 16 << (turn % 2));
            int mask = 1 + (turn % 7);
            void Write(Action write, string line)
            {
                write();
                expected.Add(line);
            }

            Write(() => code.Vmovups(a, at), $"vmovups {Name(a)}, {text}");
            Write(() => code.Vmovups(at, a), $"vmovups {text}, {Name(a)}");
            Write(() => code.Vmovups(at, a, mask), $"vmovups {text}, {Name(a)} {{k{mask}}}");
            Write(() => code.VmovupsZeroing(a, at, mask), $"vmovups {Name(a)}, {text} {{k{mask}}}z");
            Write(() => code.Vmovdqu16(at, a, mask), $"vmovdqu16 {text}, {Name(a)} {{k{mask}}}");
            Write(() => code.Vmovdqu16(a, at, mask), $"vmovdqu16 {Name(a)}, {text} {{k{mask}}}z");
            Write(() => code.Vbroadcastss(a, at), $"vbroadcastss {Name(a)}, {text}");
            Write(() => code.Vpbroadcastd(a, at), $"vpbroadcastd {Name(a)}, {text}");
            Write(() => code.Vaddps(a, b, at), $"vaddps {Name(a)}, {Name(b)}, {text}");
            Write(() => code.Vmulps(a, b, at), $"vmulps {Name(a)}, {Name(b)}, {text}");
            Write(() => code.Vfmadd231ps(a, b, at), $"vfmadd231ps {Name(a)}, {Name(b)}, {text}");
            Write(() => code.Vfmadd231ps(a, b, at, repeats: true), $"vfmadd231ps {Name(a)}, {Name(b)}, {text} repeated");
            Write(() => code.Vdpbf16ps(a, b, at, repeats: false), $"vdpbf16ps {Name(a)}, {Name(b)}, {text}");
            Write(() => code.Vdpbf16ps(a, b, at, repeats: true), $"vdpbf16ps {Name(a)}, {Name(b)}, {text} repeated");
            Write(() => code.Vpdpwssd(a, b, at, repeats: true), $"vpdpwssd {Name(a)}, {Name(b)}, {text} repeated");
            Write(() => code.Vcvtneps2bf16(half, at), $"vcvtneps2bf16 {Name(half)}, {text}");
        }

        Check(expected, code);
    }

    [Fact]
    public void General_instructions_are_encoded_as_the_decoder_reads_them()
    {
        var expected = new List<string>();
        var code = new Assembler();
        void Write(Action write, string line)
        {
            write();
            expected.Add(line);
        }

        foreach (Gpr a in _general)
        {
            Gpr b = (Gpr)(((int)a * 5 + 3) % 16);
            Write(() => code.Mov(a, b), $"mov {Name(a)}, {Name(b)}");
            Write(() => code.Add(a, b), $"add {Name(a)}, {Name(b)}");
            Write(() => code.Push(a), $"push {Name(a)}");
            Write(() => code.Pop(a), $"pop {Name(a)}");
            Write(() => code.Kmovw(1 + ((int)a % 7), a), $"kmovw k{1 + ((int)a % 7)}, {Name32(a)}");
            foreach (int value in _displacements)
            {
                Write(() => code.Add(a, value), $"add {Name(a)}, {value}");
                Write(() => code.Sub(a, value), $"sub {Name(a)}, {value}");
                Write(() => code.Cmp(a, value), $"cmp {Name(a)}, {value}");
                Write(() => code.Mov32(a, value), $"mov {Name32(a)}, {(uint)value}");
            }
        }

        int turn = 0;
        foreach ((Address at, string text) in Addresses())
        {
            Gpr a = (Gpr)(turn++ % 16);
            int value = _displacements[turn % _displacements.Length];
            Write(() => code.Mov(a, at), $"mov {Name(a)}, {text}");
            Write(() => code.Mov(at, a), $"mov {text}, {Name(a)}");
            Write(() => code.Mov32(a, at), $"mov {Name32(a)}, {text}");
            Write(() => code.Mov32(at, a), $"mov {text}, {Name32(a)}");
            Write(() => code.Mov32(at, value), $"mov {text}, {(uint)value}");
            Write(() => code.Movsxd(a, at), $"movsxd {Name(a)}, {text}");
            Write(() => code.Lea(a, at), $"lea {Name(a)}, {text}");
            Write(() => code.Add(a, at), $"add {Name(a)}, {text}");
            Write(() => code.Add(at, value), $"add {text}, {value}");
            Write(() => code.Sub32(at, value), $"sub {text}, {(value is >= sbyte.MinValue and <= sbyte.MaxValue ? value : (uint)value)}");
            Write(() => code.Prefetcht0(at), $"prefetcht0 {text}");
            Write(() => code.Prefetcht1(at), $"prefetcht1 {text}");
        }

        Write(code.Ret, "ret");
        Write(code.Vzeroupper, "vzeroupper");
        Check(expected, code);
    }

    [Fact]
    public void Jumps_lead_forward_and_back_to_their_labels()
    {
        var code = new Assembler();
        int start = code.NewLabel(), end = code.NewLabel();
        code.Place(start);
        code.Jmp(end);
        code.Jnz(start);
        code.Place(end);
        code.Ret();
        Assert.Equal(["jmp @11", "jne @0", "ret"], Decoded.Lines(code.ToArray()));
    }

    [Fact]
    public void A_jump_to_a_label_without_a_place_is_refused()
    {
        var code = new Assembler();
        code.Jmp(code.NewLabel());
        Assert.Throws<InvalidOperationException>(code.ToArray);
    }

    private static void Check(List<string> expected, Assembler code) => Assert.Equal(expected, Decoded.Lines(code.ToArray()));

    private static IEnumerable<(Address At, string Text)> Addresses()
    {
        foreach (Gpr at in _general)
        {
            foreach (int displacement in _displacements)
            {
                yield return (new Address(at, displacement), $"[{Name(at)} {displacement}]");
            }
        }

        int turn = 0;
        foreach (Gpr at in _general)
        {
            foreach (Gpr index in _general.Where(index => index != Gpr.Rsp))
            {
                int scale = 1 << (turn % 4), displacement = _displacements[turn++ % _displacements.Length];
                yield return (new Address(at, displacement, index, scale), $"[{Name(at)} + {Name(index)}*{scale} {displacement}]");
            }
        }
    }

    private static string Name(Vec vector) => $"{vector.Bytes switch { 16 => "xmm", 32 => "ymm", _ => "zmm" }}{vector.Number}";

    private static string Name(Gpr register) => register.ToString().ToLowerInvariant();

    private static string Name32(Gpr register) => register < Gpr.R8 ? $"e{Name(register)[1..]}" : $"{Name(register)}d";
}
