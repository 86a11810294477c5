namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary><c>cvt</c> between number types, and the extension of what lands in wider registers.</summary>
public sealed class ConversionTests
{
    [Fact]
    public void Integers_are_cut_and_extended()
    {
        (string Text, Func<uint, uint> Definition)[] cases =
        [
            ("cvt.u8.u32 %d, %a;", a => (byte)a),
            ("cvt.s8.s32 %d, %a;", a => (uint)(sbyte)a),
            ("cvt.u16.u32 %h0, %a; cvt.u32.u16 %d, %h0;", a => (ushort)a),
            ("cvt.u16.u32 %h0, %a; cvt.s32.s16 %d, %h0;", a => (uint)(short)a),
            ("cvt.u16.u32 %h0, %a; cvt.s32.s8 %d, %h0;", a => (uint)(sbyte)a),
            ("cvt.s16.s32 %h0, %a; mov.b32 %d, {%h0, %h0};", a => (ushort)a * 0x10001u),
            ("cvt.sat.u8.s32 %d, %a;", a => (uint)Math.Clamp((int)a, 0, 255)),
            ("cvt.sat.s16.s32 %d, %a;", a => (uint)Math.Clamp((int)a, short.MinValue, short.MaxValue)),
            ("cvt.u64.u32 %q0, %a; shr.u64 %q0, %q0, 32; cvt.u32.u64 %d, %q0;", a => 0),
            ("cvt.s64.s32 %q0, %a; shr.u64 %q0, %q0, 32; cvt.u32.u64 %d, %q0;", a => (int)a < 0 ? ~0u : 0),
        ];
        foreach (var (text, definition) in cases)
        {
            uint[] a = LaneProgram.Numbers(3);
            uint[] actual = LaneProgram.Run32(text, a);
            for (int i = 0; i < a.Length; i++)
            {
                Assert.True(definition(a[i]) == actual[i], $"{text} {a[i]:x}: {actual[i]:x}, not {definition(a[i]):x}");
            }
        }
    }

    [Fact]
    public void Floats_become_integers_rounded_and_clamped()
    {
        (string Text, Func<float, uint> Definition)[] cases =
        [
            ("cvt.rzi.s32.f32 %d, %a;", a => (uint)int.CreateSaturating(a)),
            ("cvt.rni.s32.f32 %d, %a;", a => (uint)int.CreateSaturating(Math.Round((double)a))),
            ("cvt.rmi.s32.f32 %d, %a;", a => (uint)int.CreateSaturating(Math.Floor((double)a))),
            ("cvt.rpi.u32.f32 %d, %a;", a => uint.CreateSaturating(Math.Ceiling((double)a))),
            ("cvt.rzi.u32.f32 %d, %a;", uint.CreateSaturating),
            ("cvt.rzi.u8.f32 %d, %a;", a => byte.CreateSaturating(a)),
            ("cvt.rni.sat.u8.f32 %d, %a;", a => byte.CreateSaturating(Math.Round((double)a))),
            ("cvt.rzi.s64.f32 %q0, %a; cvt.u32.u64 %d, %q0;", a => (uint)long.CreateSaturating(a)),
        ];
        foreach (var (text, definition) in cases)
        {
            float[] a = [.. LaneProgram.Floats(4)[..26], 1e10f, -1e10f, 2.5f, -2.5f, 254.5f, 300f];
            uint[] actual = LaneProgram.Run32(text, LaneProgram.Bits(a));
            for (int i = 0; i < a.Length; i++)
            {
                uint expected = float.IsNaN(a[i]) ? 0 : definition(a[i]);
                Assert.True(expected == actual[i], $"{text} {a[i]}: {actual[i]:x}, not {expected:x}");
            }
        }
    }

    [Fact]
    public void Integers_become_floats_rounded_to_nearest()
    {
        (string Text, Func<uint, float> Definition)[] cases =
        [
            ("cvt.rn.f32.s32 %d, %a;", a => (int)a),
            ("cvt.rn.f32.u32 %d, %a;", a => a),
            ("cvt.u16.u32 %h0, %a; cvt.rn.f32.u16 %d, %h0;", a => (ushort)a),
            ("cvt.rn.f32.u8 %d, %a;", a => (byte)a),
            ("cvt.s64.s32 %q0, %a; shl.b64 %q0, %q0, 20; cvt.rn.f32.s64 %d, %q0;", a => (float)((long)(int)a << 20)),
            ("cvt.rn.f64.u32 %q0, %a; cvt.rn.f32.f64 %d, %q0;", a => (float)(double)a),
        ];
        foreach (var (text, definition) in cases)
        {
            uint[] a = LaneProgram.Numbers(5);
            uint[] actual = LaneProgram.Run32(text, a);
            for (int i = 0; i < a.Length; i++)
            {
                Assert.True(BitConverter.SingleToUInt32Bits(definition(a[i])) == actual[i], $"{text} {a[i]:x}: {BitConverter.UInt32BitsToSingle(actual[i])}, not {definition(a[i])}");
            }
        }
    }

    [Fact]
    public void Every_half_becomes_the_same_single_and_comes_back()
    {
        for (uint first = 0; first < 0x10000; first += 32)
        {
            uint[] bits = [.. Enumerable.Range(0, 32).Select(i => first + (uint)i)];
            if (first % 0x400 > 0x40 && first < 0x7800)
            {
                continue;
            }

            uint[] singles = LaneProgram.Run32("mov.b32 {%h0, %h1}, %a; cvt.f32.f16 %d, %h0;", bits);
            uint[] back = LaneProgram.Run32("cvt.rn.f16.f32 %h0, %a; mov.b32 %d, {%h0, 0};", singles);
            for (int i = 0; i < 32; i++)
            {
                float expected = (float)BitConverter.UInt16BitsToHalf((ushort)bits[i]), actual = BitConverter.UInt32BitsToSingle(singles[i]);
                Assert.True(expected.Equals(actual), $"half {bits[i]:x4}: {actual}, not {expected}");
                Assert.True(float.IsNaN(expected) ? back[i] == 0x7fff : back[i] == bits[i], $"half {bits[i]:x4} comes back as {back[i]:x4}");
            }
        }
    }

    [Fact]
    public void Singles_become_halves_rounded_to_nearest_even()
    {
        float[] high = [.. LaneProgram.Floats(6)], low =
        [
            65504f, 65519.9f, 65520f, 1e6f, -1e6f, 6e-8f, 2.98e-8f, 2.97e-8f, 8.94e-8f, 6.1e-5f, 6.097e-5f, 1.0004883f, 1.0014648f, 2049f, 2051f, -0f,
            .. LaneProgram.Floats(7)[..16],
        ];
        uint[] packed = LaneProgram.Run32("cvt.rn.f16x2.f32 %d, %a, %b;", LaneProgram.Bits(high), LaneProgram.Bits(low));
        for (int i = 0; i < packed.Length; i++)
        {
            Assert.True(((Half)low[i]).Equals(BitConverter.UInt16BitsToHalf((ushort)packed[i])), $"{low[i]} -> {packed[i]:x8}");
            Assert.True(((Half)high[i]).Equals(BitConverter.UInt16BitsToHalf((ushort)(packed[i] >> 16))), $"{high[i]} -> {packed[i]:x8}");
        }

        float[] negative = [.. Enumerable.Range(-16, 32).Select(i => i * 1.5f)];
        Assert.Equal(
            negative.Select(v => (uint)BitConverter.HalfToUInt16Bits((Half)Math.Max(v, 0)) * 0x10001u),
            LaneProgram.Run32("cvt.rn.relu.f16x2.f32 %d, %a, %a;", LaneProgram.Bits(negative)));
    }
}
