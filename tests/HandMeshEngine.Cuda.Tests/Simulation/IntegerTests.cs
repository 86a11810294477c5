using System.Numerics;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Integer instructions of every width against their definitions.</summary>
public sealed class IntegerTests
{
    private delegate uint Word(uint a, uint b, uint c);

    private delegate ulong Wide(ulong a, ulong b, ulong c);

    [Fact]
    public void Words_of_32_bits()
    {
        (string Text, Word Definition)[] cases =
        [
            ("add.s32 %d, %a, %b;", (a, b, c) => a + b),
            ("add.sat.s32 %d, %a, %b;", (a, b, c) => (uint)Math.Clamp((long)(int)a + (int)b, int.MinValue, int.MaxValue)),
            ("sub.u32 %d, %a, %b;", (a, b, c) => a - b),
            ("mul.lo.s32 %d, %a, %b;", (a, b, c) => a * b),
            ("mul.hi.s32 %d, %a, %b;", (a, b, c) => (uint)((long)(int)a * (int)b >> 32)),
            ("mul.hi.u32 %d, %a, %b;", (a, b, c) => (uint)((ulong)a * b >> 32)),
            ("mad.lo.s32 %d, %a, %b, %c;", (a, b, c) => a * b + c),
            ("mad.hi.u32 %d, %a, %b, %c;", (a, b, c) => (uint)((ulong)a * b >> 32) + c),
            ("mul24.lo.u32 %d, %a, %b;", (a, b, c) => (a & 0xffffff) * (b & 0xffffff)),
            ("sad.s32 %d, %a, %b, %c;", (a, b, c) => (uint)Math.Abs((long)(int)a - (int)b) + c),
            ("div.s32 %d, %a, %b;", (a, b, c) => b == 0 ? ~0u : (uint)((long)(int)a / (int)b)),
            ("div.u32 %d, %a, %b;", (a, b, c) => b == 0 ? ~0u : a / b),
            ("rem.s32 %d, %a, %b;", (a, b, c) => b == 0 ? a : (uint)((long)(int)a % (int)b)),
            ("rem.u32 %d, %a, %b;", (a, b, c) => b == 0 ? a : a % b),
            ("min.s32 %d, %a, %b;", (a, b, c) => (uint)Math.Min((int)a, (int)b)),
            ("max.u32 %d, %a, %b;", (a, b, c) => Math.Max(a, b)),
            ("neg.s32 %d, %a;", (a, b, c) => (uint)-(int)a),
            ("abs.s32 %d, %a;", (a, b, c) => (uint)Math.Abs((long)(int)a)),
            ("and.b32 %d, %a, %b;", (a, b, c) => a & b),
            ("or.b32 %d, %a, -8;", (a, b, c) => a | 0xfffffff8),
            ("xor.b32 %d, %a, 0xff00;", (a, b, c) => a ^ 0xff00),
            ("not.b32 %d, %a;", (a, b, c) => ~a),
            ("cnot.b32 %d, %a;", (a, b, c) => a == 0 ? 1u : 0),
            ("shl.b32 %d, %a, %b;", (a, b, c) => b > 31 ? 0 : a << (int)b),
            ("shr.u32 %d, %a, %b;", (a, b, c) => b > 31 ? 0 : a >> (int)b),
            ("shr.s32 %d, %a, %b;", (a, b, c) => (uint)((int)a >> (int)Math.Min(b, 31))),
            ("shf.l.wrap.b32 %d, %a, %b, %c;", (a, b, c) => (uint)(((ulong)b << 32 | a) << (int)(c & 31) >> 32)),
            ("shf.r.clamp.b32 %d, %a, %b, %c;", (a, b, c) => c >= 32 ? b : (uint)(((ulong)b << 32 | a) >> (int)c)),
            ("popc.b32 %d, %a;", (a, b, c) => (uint)BitOperations.PopCount(a)),
            ("clz.b32 %d, %a;", (a, b, c) => (uint)BitOperations.LeadingZeroCount(a)),
            ("brev.b32 %d, %a;", (a, b, c) => Enumerable.Range(0, 32).Aggregate(0u, (r, i) => r | (a >> i & 1) << (31 - i))),
            ("bfind.u32 %d, %a;", (a, b, c) => a == 0 ? ~0u : (uint)BitOperations.Log2(a)),
            ("bfind.s32 %d, %a;", (a, b, c) => (int)a < 0 ? (~a == 0 ? ~0u : (uint)BitOperations.Log2(~a)) : a == 0 ? ~0u : (uint)BitOperations.Log2(a)),
            ("bfind.shiftamt.u32 %d, %a;", (a, b, c) => a == 0 ? ~0u : 31 - (uint)BitOperations.Log2(a)),
            ("prmt.b32 %d, %a, %b, 0x4BA3;", (a, b, c) => Permute(a, b, 0x4BA3)),
            ("lop3.b32 %d, %a, %b, %c, 0xE8;", (a, b, c) => (a & b) | (a & c) | (b & c)),
            ("bfi.b32 %d, %a, %b, 5, 9;", (a, b, c) => (b & ~(0x1ffu << 5)) | (a & 0x1ff) << 5),
            ("bfe.u32 %d, %a, 5, 9;", (a, b, c) => a >> 5 & 0x1ff),
            ("bfe.s32 %d, %a, 5, 9;", (a, b, c) => (uint)((int)(a << 18) >> 23)),
            ("bfe.s32 %d, %a, 28, 9;", (a, b, c) => (uint)((int)a >> 28)),
            ("mov.b32 {%h0, %h1}, %a; mov.b32 %d, {%h1, %h0};", (a, b, c) => BitOperations.RotateLeft(a, 16)),
            ("setp.lt.s32 %p0, %a, %b; selp.b32 %d, %b, %c, %p0;", (a, b, c) => (int)a < (int)b ? b : c),
            ("mov.pred %p0, 0; mov.pred %p1, -1; selp.b32 %r0, %a, %b, %p0; selp.b32 %r1, %a, %b, %p1; sub.s32 %d, %r0, %r1;", (a, b, c) => b - a),
            ("slct.u32.s32 %d, %a, %b, %c;", (a, b, c) => (int)c >= 0 ? a : b),
            ("set.ge.u32.u32 %d, %a, %b;", (a, b, c) => a >= b ? ~0u : 0),
        ];
        foreach (var (text, definition) in cases)
        {
            for (uint seed = 1; seed <= 4; seed++)
            {
                uint[] a = LaneProgram.Numbers(seed), b = LaneProgram.Numbers(seed + 10), c = LaneProgram.Numbers(seed + 20);
                uint[] actual = LaneProgram.Run32(text, a, b, c);
                for (int i = 0; i < actual.Length; i++)
                {
                    Assert.True(definition(a[i], b[i], c[i]) == actual[i], $"{text} a {a[i]:x} b {b[i]:x} c {c[i]:x}: {actual[i]:x}, not {definition(a[i], b[i], c[i]):x}");
                }
            }
        }
    }

    [Fact]
    public void Words_of_64_bits()
    {
        (string Text, Wide Definition)[] cases =
        [
            ("add.s64 %D, %A, %B;", (a, b, c) => a + b),
            ("sub.s64 %D, %A, %B;", (a, b, c) => a - b),
            ("mul.lo.s64 %D, %A, %B;", (a, b, c) => a * b),
            ("mul.hi.u64 %D, %A, %B;", (a, b, c) => Math.BigMul(a, b, out _)),
            ("mul.hi.s64 %D, %A, %B;", (a, b, c) => (ulong)Math.BigMul((long)a, (long)b, out _)),
            ("mad.lo.s64 %D, %A, %B, %C;", (a, b, c) => a * b + c),
            ("mul.wide.s32 %D, %a, %b;", (a, b, c) => (ulong)((long)(int)a * (int)b)),
            ("mul.wide.u32 %D, %a, %b;", (a, b, c) => (ulong)(uint)a * (uint)b),
            ("mad.wide.s32 %D, %a, %b, %C;", (a, b, c) => (ulong)((long)(int)a * (int)b) + c),
            ("mad.wide.u32 %D, %a, 12, %C;", (a, b, c) => ((ulong)(uint)a * 12) + c),
            ("div.u64 %D, %A, %B;", (a, b, c) => b == 0 ? ~0ul : a / b),
            ("rem.s64 %D, %A, %B;", (a, b, c) => b == 0 ? a : b == ~0ul ? 0 : (ulong)((long)a % (long)b)),
            ("min.s64 %D, %A, %B;", (a, b, c) => (ulong)Math.Min((long)a, (long)b)),
            ("max.u64 %D, %A, %B;", (a, b, c) => Math.Max(a, b)),
            ("neg.s64 %D, %A;", (a, b, c) => 0 - a),
            ("and.b64 %D, %A, %B;", (a, b, c) => a & b),
            ("or.b64 %D, %A, %B;", (a, b, c) => a | b),
            ("xor.b64 %D, %A, %B;", (a, b, c) => a ^ b),
            ("not.b64 %D, %A;", (a, b, c) => ~a),
            ("shl.b64 %D, %A, %b;", (a, b, c) => (uint)b > 63 ? 0 : a << (int)b),
            ("shr.u64 %D, %A, %b;", (a, b, c) => (uint)b > 63 ? 0 : a >> (int)b),
            ("shr.s64 %D, %A, %b;", (a, b, c) => (ulong)((long)a >> (int)Math.Min((uint)b, 63))),
            ("popc.b64 %r0, %A; cvt.u64.u32 %D, %r0;", (a, b, c) => (ulong)BitOperations.PopCount(a)),
            ("clz.b64 %r0, %A; cvt.u64.u32 %D, %r0;", (a, b, c) => (ulong)BitOperations.LeadingZeroCount(a)),
            ("brev.b64 %q0, %A; brev.b64 %D, %q0;", (a, b, c) => a),
            ("bfi.b64 %D, %A, %B, 32, 32;", (a, b, c) => (uint)b | a << 32),
            ("bfe.u64 %D, %A, 20, 40;", (a, b, c) => a >> 20 & 0xff_ffff_ffff),
            ("mov.b64 {%r0, %r1}, %A; mov.b64 %D, {%r1, %r0};", (a, b, c) => BitOperations.RotateLeft(a, 32)),
            ("mov.b64 {%h0, %h1, %h2, %h3}, %A; mov.b64 %D, {%h3, %h2, %h1, %h0};", (a, b, c) => (a >> 48) | (a >> 16 & 0xffff0000) | (a << 16 & 0xffff00000000) | a << 48),
            ("setp.gt.s64 %p0, %A, %B; selp.b64 %D, %A, %C, %p0;", (a, b, c) => (long)a > (long)b ? a : c),
            ("setp.ls.u64 %p0, %A, %B; selp.b64 %D, %A, %C, %p0;", (a, b, c) => a <= b ? a : c),
        ];
        foreach (var (text, definition) in cases)
        {
            for (uint seed = 1; seed <= 4; seed++)
            {
                ulong[] a = LaneProgram.LongNumbers(seed), b = LaneProgram.LongNumbers(seed + 10), c = LaneProgram.LongNumbers(seed + 20);
                ulong[] actual = LaneProgram.Run64(text, a, b, c);
                for (int i = 0; i < actual.Length; i++)
                {
                    Assert.True(definition(a[i], b[i], c[i]) == actual[i], $"{text} a {a[i]:x} b {b[i]:x} c {c[i]:x}: {actual[i]:x}, not {definition(a[i], b[i], c[i]):x}");
                }
            }
        }
    }

    [Fact]
    public void Words_of_16_bits_live_zero_extended()
    {
        (string Operation, Word Definition)[] cases =
        [
            ("add.s16 %h2, %h0, %h1;", (a, b, c) => (ushort)(a + b)),
            ("sub.u16 %h2, %h0, %h1;", (a, b, c) => (ushort)(a - b)),
            ("mul.lo.u16 %h2, %h0, %h1;", (a, b, c) => (ushort)(a * b)),
            ("mul.hi.s16 %h2, %h0, %h1;", (a, b, c) => (ushort)((short)a * (short)b >> 16)),
            ("mad.lo.u16 %h2, %h0, %h1, 7;", (a, b, c) => (ushort)((a * b) + 7)),
            ("div.u16 %h2, %h0, %h1;", (a, b, c) => (ushort)b == 0 ? 0xffffu : (uint)((ushort)a / (ushort)b)),
            ("rem.s16 %h2, %h0, %h1;", (a, b, c) => (ushort)b == 0 ? (ushort)a : (ushort)((short)a % (short)b)),
            ("min.s16 %h2, %h0, %h1;", (a, b, c) => (ushort)Math.Min((short)a, (short)b)),
            ("max.u16 %h2, %h0, %h1;", (a, b, c) => Math.Max((ushort)a, (ushort)b)),
            ("neg.s16 %h2, %h0;", (a, b, c) => (ushort)-(short)a),
            ("and.b16 %h2, %h0, %h1;", (a, b, c) => (ushort)(a & b)),
            ("not.b16 %h2, %h0;", (a, b, c) => (ushort)~a),
            ("shl.b16 %h2, %h0, %b;", (a, b, c) => b > 15 ? 0u : (ushort)(a << (int)b)),
            ("shr.u16 %h2, %h0, 3;", (a, b, c) => (uint)((ushort)a >> 3)),
            ("shr.s16 %h2, %h0, 3;", (a, b, c) => (ushort)((short)a >> 3)),
            ("setp.lt.s16 %p0, %h0, %h1; selp.b16 %h2, %h0, %h1, %p0;", (a, b, c) => (ushort)Math.Min((short)a, (short)b)),
            ("setp.gt.u16 %p0, %h0, %h1; selp.u16 %h2, %h0, %h1, %p0;", (a, b, c) => Math.Max((ushort)a, (ushort)b)),
        ];
        foreach (var (operation, definition) in cases)
        {
            string text = $"cvt.u16.u32 %h0, %a; cvt.u16.u32 %h1, %b; {operation} mov.b32 %d, {{%h2, %h2}};";
            uint[] a = LaneProgram.Numbers(5), b = LaneProgram.Numbers(6);
            uint[] actual = LaneProgram.Run32(text, a, b);
            for (int i = 0; i < actual.Length; i++)
            {
                uint half = definition(a[i], b[i], 0);
                Assert.True((half | half << 16) == actual[i], $"{operation} a {a[i]:x} b {b[i]:x}: {actual[i]:x}, not {half:x}");
            }
        }

        uint[] factors = LaneProgram.Numbers(7);
        Assert.Equal(
            factors.Select(f => (uint)((ushort)f * (ushort)(f >> 16))),
            LaneProgram.Run32("mov.b32 {%h0, %h1}, %a; mul.wide.u16 %d, %h0, %h1;", factors));
        Assert.Equal(
            factors.Select(f => (uint)((short)f * (short)(f >> 16) + 5)),
            LaneProgram.Run32("mov.b32 {%h0, %h1}, %a; mad.wide.s16 %d, %h0, %h1, 5;", factors));
    }

    [Theory]
    [InlineData("and", "", true, true, true)]
    [InlineData("and", "!", true, true, false)]
    [InlineData("or", "", false, true, true)]
    [InlineData("or", "!", false, false, true)]
    [InlineData("xor", "", true, true, false)]
    public void A_comparison_combines_with_another_predicate(string combine, string not, bool less, bool other, bool expected)
    {
        string text = $"""
            setp.ne.u32 %p1, %b, 0;
            setp.lt.{combine}.u32 %p2|%p3, %a, 5, {not}%p1;
            selp.u32 %r0, 1, 0, %p2;
            selp.u32 %r1, 2, 0, %p3;
            or.b32 %d, %r0, %r1;
            """;
        uint[] result = LaneProgram.Run32(text, [.. Enumerable.Repeat(less ? 1u : 9u, 32)], [.. Enumerable.Repeat(other ? 1u : 0u, 32)]);
        bool second = combine switch { "and" => !less && (other ^ (not != "")), "or" => !less || (other ^ (not != "")), _ => !less ^ other };
        Assert.All(result, r => Assert.Equal((expected ? 1u : 0) | (second ? 2u : 0), r));
    }

    private static uint Permute(uint a, uint b, uint selector)
    {
        byte[] bytes = [.. BitConverter.GetBytes(a), .. BitConverter.GetBytes(b)];
        uint result = 0;
        for (int i = 0; i < 4; i++)
        {
            uint nibble = selector >> (4 * i) & 15;
            byte value = bytes[nibble & 7];
            result |= (nibble > 7 ? (value > 127 ? 255u : 0u) : value) << (8 * i);
        }

        return result;
    }
}
