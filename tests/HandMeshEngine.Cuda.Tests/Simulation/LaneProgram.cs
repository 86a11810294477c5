using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>
/// A few PTX instructions run by one warp on values that differ by lane. The text may use 32-bit registers %a %b %c (inputs) and
/// %d (result), 64-bit %A %B %C and %D, 16-bit %h0 to %h7, predicates %p0 to %p7, scratch %r0 to %r7 and %q0 to %q7 (64-bit).
/// </summary>
internal static class LaneProgram
{
    public const int Lanes = 32;

    /// <summary>Runs on 32-bit inputs; the result is what %d holds.</summary>
    public static uint[] Run32(string body, uint[] a, uint[]? b = null, uint[]? c = null) =>
        [.. Run(body, Widen(a), Widen(b), Widen(c)).Select(r => (uint)r.Narrow)];

    /// <summary>Runs on 64-bit inputs; the result is what %D holds.</summary>
    public static ulong[] Run64(string body, ulong[] a, ulong[]? b = null, ulong[]? c = null) =>
        [.. Run(body, a, b, c).Select(r => r.Wide)];

    /// <summary>Both results of every lane.</summary>
    public static (ulong Narrow, ulong Wide)[] Run(string body, ulong[] a, ulong[]? b = null, ulong[]? c = null)
    {
        using SimulatedRun run = new(new SimulatorOptions { Threads = 1 });
        run.Load(Text(body));
        ulong[] inputs = [.. a, .. b ?? new ulong[Lanes], .. c ?? new ulong[Lanes]];
        ulong output = run.Upload<ulong>(new ulong[2 * Lanes]);
        run.Launch("program", new Shape(1, Lanes, 4096), run.Upload<ulong>(inputs), output);
        ulong[] results = run.Read<ulong>(output, 2 * Lanes);
        return [.. Enumerable.Range(0, Lanes).Select(i => (results[i], results[i + Lanes]))];
    }

    public static string Text(string body) => $$"""
        .version 7.8
        .target sm_80
        .address_size 64
        .extern .shared .align 16 .b8 smem[];
        .const .align 4 .u32 constants[4] = {11, 22, 33, 44};
        .global .align 4 .f32 variable = 0f40490FDB;
        .visible .entry program(.param .u64 in, .param .u64 out)
        {
            .local .align 16 .b8 depot[64];
            .reg .pred %p<8>;
            .reg .b16 %h<8>;
            .reg .b32 %a, %b, %c, %d, %r<8>, %tid;
            .reg .b64 %A, %B, %C, %D, %q<8>, %in, %out, %offset;
            ld.param.u64 %in, [in];
            ld.param.u64 %out, [out];
            mov.u32 %tid, %tid.x;
            mul.wide.u32 %offset, %tid, 8;
            add.s64 %in, %in, %offset;
            add.s64 %out, %out, %offset;
            ld.global.u64 %A, [%in];
            ld.global.u64 %B, [%in+256];
            ld.global.u64 %C, [%in+512];
            cvt.u32.u64 %a, %A;
            cvt.u32.u64 %b, %B;
            cvt.u32.u64 %c, %C;
            mov.u32 %d, 0;
            mov.u64 %D, 0;
            {{body}}
            cvt.u64.u32 %offset, %d;
            st.global.u64 [%out], %offset;
            st.global.u64 [%out+256], %D;
            ret;
        }
        """;

    /// <summary>Numbers with the interesting ones among them, and pseudo-random ones that depend on the seed only.</summary>
    public static uint[] Numbers(uint seed)
    {
        uint[] special = [0, 1, 2, 31, 32, 33, 0x7fffffff, 0x80000000, 0xffffffff, 0x8000, 0xffff, 0x10000];
        uint state = seed * 2654435761u + 1;
        var all = new uint[Lanes];
        for (int i = 0; i < Lanes; i++)
        {
            state = state * 1664525u + 1013904223u;
            bool isSpecial = (state >> 28) < 6;
            all[i] = isSpecial ? special[(state >> 8) % special.Length] : state >> 4 ^ state << 13;
        }

        return all;
    }

    /// <summary>As <see cref="Numbers"/> with 64 bits.</summary>
    public static ulong[] LongNumbers(uint seed) =>
        [.. Numbers(seed).Zip(Numbers(seed + 77), (low, high) => seed % 3 == 0 && low < 40 ? low : low | (ulong)high << 32)];

    /// <summary>Ordinary floats, plus zeros, infinities, NaN and a subnormal where asked for.</summary>
    public static float[] Floats(uint seed, bool withSpecials = true)
    {
        var all = new float[Lanes];
        var random = new Random((int)seed);
        for (int i = 0; i < Lanes; i++)
        {
            all[i] = (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-12, 14)));
        }

        if (withSpecials)
        {
            float[] special = [0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1e-40f, 1f, -1f];
            random.Shuffle(special);
            special.AsSpan(0, 5).CopyTo(all.AsSpan(random.Next(0, 20)));
        }

        return all;
    }

    public static uint[] Bits(float[] values) => MemoryMarshal.Cast<float, uint>(values).ToArray();

    public static ulong[] Bits(double[] values) => MemoryMarshal.Cast<double, ulong>(values).ToArray();

    private static ulong[] Widen(uint[]? values) => [.. (values ?? new uint[Lanes]).Select(v => (ulong)v)];
}
