using System.Numerics;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Floating-point instructions: single, double and half precision.</summary>
public sealed class FloatTests
{
    /// <summary>Binary digits behind the point that hold the test's floats exactly.</summary>
    private const int ExactBits = 70;

    private delegate float Single(float a, float b, float c);

    private delegate double Double(double a, double b, double c);

    private delegate float Halves(float a, float b, float c);

    [Fact]
    public void Single_precision_is_exact()
    {
        (string Text, Single Definition)[] cases =
        [
            ("add.rn.f32 %d, %a, %b;", (a, b, c) => a + b),
            ("sub.f32 %d, %a, %b;", (a, b, c) => a - b),
            ("mul.f32 %d, %a, 0f40490FDB;", (a, b, c) => a * MathF.PI),
            ("fma.rn.f32 %d, %a, %b, %c;", MathF.FusedMultiplyAdd),
            ("div.rn.f32 %d, %a, %b;", (a, b, c) => a / b),
            ("rcp.rn.f32 %d, %a;", (a, b, c) => 1 / a),
            ("sqrt.rn.f32 %d, %a;", (a, b, c) => MathF.Sqrt(a)),
            ("neg.f32 %d, %a;", (a, b, c) => -a),
            ("abs.f32 %d, %a;", (a, b, c) => MathF.Abs(a)),
            ("min.f32 %d, %a, %b;", (a, b, c) => float.MinNumber(a, b)),
            ("max.f32 %d, %a, %b;", (a, b, c) => float.MaxNumber(a, b)),
            ("add.sat.f32 %d, %a, %b;", (a, b, c) => a + b > 0 ? Math.Min(a + b, 1) : 0),
            ("add.ftz.f32 %d, %a, %b;", (a, b, c) => Flush(Flush(a) + Flush(b))),
            ("copysign.f32 %d, %a, %b;", (a, b, c) => MathF.CopySign(b, a)),
            ("cvt.rni.f32.f32 %d, %a;", (a, b, c) => MathF.Round(a)),
            ("cvt.rzi.f32.f32 %d, %a;", (a, b, c) => MathF.Truncate(a)),
            ("cvt.rmi.f32.f32 %d, %a;", (a, b, c) => MathF.Floor(a)),
            ("cvt.rpi.f32.f32 %d, %a;", (a, b, c) => MathF.Ceiling(a)),
            ("cvt.sat.f32.f32 %d, %a;", (a, b, c) => a > 0 ? Math.Min(a, 1) : 0),
            ("setp.lt.f32 %p0, %a, %b; selp.f32 %d, %a, %b, %p0;", (a, b, c) => a < b ? a : b),
            ("setp.geu.f32 %p0, %a, %b; selp.f32 %d, %a, %b, %p0;", (a, b, c) => !(a < b) ? a : b),
            ("setp.ne.f32 %p0, %a, %b; selp.f32 %d, 0f3F800000, 0f00000000, %p0;", (a, b, c) => a < b || a > b ? 1 : 0),
            ("setp.neu.f32 %p0, %a, %b; selp.f32 %d, 0f3F800000, 0f00000000, %p0;", (a, b, c) => a != b ? 1 : 0),
            ("setp.nan.f32 %p0, %a, %b; selp.f32 %d, 0f3F800000, 0f00000000, %p0;", (a, b, c) => float.IsNaN(a) || float.IsNaN(b) ? 1 : 0),
            ("set.le.f32.f32 %d, %a, %b;", (a, b, c) => a <= b ? 1 : 0),
            ("testp.finite.f32 %p0, %a; selp.f32 %d, 0f3F800000, 0f00000000, %p0;", (a, b, c) => float.IsFinite(a) ? 1 : 0),
            ("testp.subnormal.f32 %p0, %a; selp.f32 %d, 0f3F800000, 0f00000000, %p0;", (a, b, c) => float.IsSubnormal(a) ? 1 : 0),
        ];
        foreach (var (text, definition) in cases)
        {
            Check(text, definition, 0);
        }
    }

    [Fact]
    public void Approximate_functions_are_within_two_units_of_the_last_place()
    {
        (string Text, Single Definition)[] cases =
        [
            ("ex2.approx.ftz.f32 %d, %a;", (a, b, c) => Flush((float)Math.Pow(2, Flush(a)))),
            ("ex2.approx.f32 %d, %a;", (a, b, c) => (float)Math.Pow(2, a)),
            ("lg2.approx.f32 %d, %a;", (a, b, c) => (float)Math.Log2(a)),
            ("sin.approx.f32 %d, %a;", (a, b, c) => (float)Math.Sin(a)),
            ("cos.approx.f32 %d, %a;", (a, b, c) => (float)Math.Cos(a)),
            ("tanh.approx.f32 %d, %a;", (a, b, c) => (float)Math.Tanh(a)),
            ("rcp.approx.f32 %d, %a;", (a, b, c) => 1 / a),
            ("rsqrt.approx.f32 %d, %a;", (a, b, c) => (float)(1 / Math.Sqrt(a))),
            ("sqrt.approx.f32 %d, %a;", (a, b, c) => MathF.Sqrt(a)),
            ("div.approx.f32 %d, %a, %b;", (a, b, c) => a / b),
            ("div.full.f32 %d, %a, %b;", (a, b, c) => a / b),
        ];
        foreach (var (text, definition) in cases)
        {
            Check(text, definition, 2);
        }
    }

    [Fact]
    public void Powers_of_two_hold_over_the_whole_range()
    {
        float[] exponents = [.. Enumerable.Range(0, 32).Select(i => -152f + (i * 9.03125f))];
        uint[] actual = LaneProgram.Run32("ex2.approx.f32 %d, %a;", LaneProgram.Bits(exponents));
        for (int i = 0; i < exponents.Length; i++)
        {
            float expected = (float)Math.Pow(2, exponents[i]);
            Assert.True(Math.Abs((long)actual[i] - BitConverter.SingleToUInt32Bits(expected)) <= 1, $"2^{exponents[i]} is {expected}, not {BitConverter.UInt32BitsToSingle(actual[i])}");
        }
    }

    [Theory]
    [InlineData("rz")]
    [InlineData("rm")]
    [InlineData("rp")]
    public void Directed_rounding_brackets_the_exact_value(string mode)
    {
        for (uint seed = 1; seed < 6; seed++)
        {
            float[] a = LaneProgram.Floats(seed, false), b = LaneProgram.Floats(seed + 9, false), c = LaneProgram.Floats(seed + 19, false);
            foreach (var (text, exact) in new (string, Func<int, BigInteger>)[]
            {
                ($"add.{mode}.f32 %d, %a, %b;", i => (Exact(a[i]) + Exact(b[i])) * Exact(1)),
                ($"mul.{mode}.f32 %d, %a, %b;", i => Exact(a[i]) * Exact(b[i])),
                ($"fma.{mode}.f32 %d, %a, %b, %c;", i => (Exact(a[i]) * Exact(b[i])) + (Exact(c[i]) * Exact(1))),
            })
            {
                uint[] actual = LaneProgram.Run32(text, LaneProgram.Bits(a), LaneProgram.Bits(b), LaneProgram.Bits(c));
                for (int i = 0; i < actual.Length; i++)
                {
                    float result = BitConverter.UInt32BitsToSingle(actual[i]);
                    BigInteger Squared(float value) => new(value * Math.Pow(2, 2 * ExactBits));
                    var (below, value, above, wanted) = (Squared(MathF.BitDecrement(result)), Squared(result), Squared(MathF.BitIncrement(result)), exact(i));
                    bool down = mode == "rm" || (mode == "rz" && wanted > 0);
                    Assert.True(down ? value <= wanted && wanted < above : below < wanted && wanted <= value, $"{text} {a[i]:r} {b[i]:r} {c[i]:r}: {result:r}");
                }
            }
        }

        static BigInteger Exact(float value) => new(value * Math.Pow(2, ExactBits));
    }

    [Fact]
    public void Double_precision_is_exact()
    {
        (string Text, Double Definition)[] cases =
        [
            ("add.f64 %D, %A, %B;", (a, b, c) => a + b),
            ("sub.rn.f64 %D, %A, %B;", (a, b, c) => a - b),
            ("mul.f64 %D, %A, 0d3FF8000000000000;", (a, b, c) => a * 1.5),
            ("fma.rn.f64 %D, %A, %B, %C;", Math.FusedMultiplyAdd),
            ("div.rn.f64 %D, %A, %B;", (a, b, c) => a / b),
            ("rcp.rn.f64 %D, %A;", (a, b, c) => 1 / a),
            ("sqrt.rn.f64 %D, %A;", (a, b, c) => Math.Sqrt(a)),
            ("neg.f64 %D, %A;", (a, b, c) => -a),
            ("abs.f64 %D, %A;", (a, b, c) => Math.Abs(a)),
            ("min.f64 %D, %A, %B;", (a, b, c) => double.MinNumber(a, b)),
            ("max.f64 %D, %A, %B;", (a, b, c) => double.MaxNumber(a, b)),
            ("setp.gt.f64 %p0, %A, %B; selp.f64 %D, %A, %B, %p0;", (a, b, c) => a > b ? a : b),
            ("cvt.rn.f32.f64 %d, %A; cvt.f64.f32 %D, %d;", (a, b, c) => (float)a),
            ("cvt.rmi.f64.f64 %D, %A;", (a, b, c) => Math.Floor(a)),
            ("cvt.rzi.s64.f64 %q0, %A; cvt.rn.f64.s64 %D, %q0;", (a, b, c) => double.IsNaN(a) ? 0 : (double)long.CreateSaturating(a)),
        ];
        foreach (var (text, definition) in cases)
        {
            double[] a = Doubles(1), b = Doubles(2), c = Doubles(3);
            ulong[] actual = LaneProgram.Run64(text, LaneProgram.Bits(a), LaneProgram.Bits(b), LaneProgram.Bits(c));
            for (int i = 0; i < actual.Length; i++)
            {
                double result = BitConverter.UInt64BitsToDouble(actual[i]), expected = definition(a[i], b[i], c[i]);
                Assert.True(expected.Equals(result), $"{text} a {a[i]} b {b[i]} c {c[i]}: {result}, not {expected}");
            }
        }
    }

    [Fact]
    public void Halves_are_rounded_once()
    {
        (string Operation, Halves Definition)[] cases =
        [
            ("add.rn.f16{0} {1}, {2}, {3};", (a, b, c) => a + b),
            ("sub.f16{0} {1}, {2}, {3};", (a, b, c) => a - b),
            ("mul.f16{0} {1}, {2}, {3};", (a, b, c) => a * b),
            ("fma.rn.f16{0} {1}, {2}, {3}, {4};", (a, b, c) => (float)(Half)Math.FusedMultiplyAdd((double)a, b, c)),
            ("min.f16{0} {1}, {2}, {3};", (a, b, c) => float.MinNumber(a, b)),
            ("max.f16{0} {1}, {2}, {3};", (a, b, c) => float.MaxNumber(a, b)),
            ("neg.f16{0} {1}, {2};", (a, b, c) => -a),
            ("abs.f16{0} {1}, {2};", (a, b, c) => MathF.Abs(a)),
        ];
        uint[] x = HalfPairs(1), y = HalfPairs(2), z = HalfPairs(3);
        foreach (var (operation, definition) in cases)
        {
            string pair = string.Format(operation, "x2", "%d", "%a", "%b", "%c");
            string one = "mov.b32 {%h0, %h7}, %a; mov.b32 {%h1, %h7}, %b; mov.b32 {%h2, %h7}, %c; "
                + string.Format(operation, "", "%h3", "%h0", "%h1", "%h2") + " mov.b32 %d, {%h3, %h3};";
            uint[] pairs = LaneProgram.Run32(pair, x, y, z), ones = LaneProgram.Run32(one, x, y, z);
            for (int i = 0; i < pairs.Length; i++)
            {
                uint low = Definition(definition, x[i], y[i], z[i]), high = Definition(definition, x[i] >> 16, y[i] >> 16, z[i] >> 16);
                Assert.True(Same(low, pairs[i]) && Same(high, pairs[i] >> 16), $"{pair} {x[i]:x} {y[i]:x} {z[i]:x}: {pairs[i]:x}, not {high << 16 | low:x}");
                Assert.True(Same(low, ones[i]), $"{one} {x[i]:x} {y[i]:x} {z[i]:x}: {ones[i]:x}, not {low:x}");
            }
        }

        uint[] less = LaneProgram.Run32("setp.lt.f16x2 %p0|%p1, %a, %b; selp.u32 %r0, 1, 0, %p0; selp.u32 %r1, 2, 0, %p1; or.b32 %d, %r0, %r1;", x, y);
        Assert.Equal(x.Zip(y, (a, b) => (One(a) < One(b) ? 1u : 0) | (One(a >> 16) < One(b >> 16) ? 2u : 0)), less);
    }

    private static void Check(string text, Single definition, long tolerance)
    {
        for (uint seed = 1; seed <= 4; seed++)
        {
            float[] a = LaneProgram.Floats(seed), b = LaneProgram.Floats(seed + 10), c = LaneProgram.Floats(seed + 20);
            uint[] actual = LaneProgram.Run32(text, LaneProgram.Bits(a), LaneProgram.Bits(b), LaneProgram.Bits(c));
            for (int i = 0; i < actual.Length; i++)
            {
                float result = BitConverter.UInt32BitsToSingle(actual[i]), expected = definition(a[i], b[i], c[i]);
                long distance = Math.Abs((long)(int)actual[i] - BitConverter.SingleToInt32Bits(expected));
                Assert.True((float.IsNaN(expected) && float.IsNaN(result)) || distance <= tolerance, $"{text} a {a[i]} b {b[i]} c {c[i]}: {result}, not {expected}");
            }
        }
    }

    private static float Flush(float value) => float.IsSubnormal(value) ? MathF.CopySign(0, value) : value;

    private static double[] Doubles(int seed) => [.. LaneProgram.Floats((uint)seed).Select(f => f * 1.000000119)];

    private static uint[] HalfPairs(uint seed) =>
        [.. LaneProgram.Floats(seed).Zip(LaneProgram.Floats(seed + 30), (low, high) => Bits(low) | Bits(high) << 16)];

    private static uint Bits(float value) => BitConverter.HalfToUInt16Bits((Half)value);

    private static float One(uint bits) => (float)BitConverter.UInt16BitsToHalf((ushort)bits);

    private static uint Definition(Halves definition, uint a, uint b, uint c) => Bits(definition(One(a), One(b), One(c)));

    private static bool Same(uint expected, uint actual) => (ushort)expected == (ushort)actual || (float.IsNaN(One(expected)) && float.IsNaN(One(actual)));
}
