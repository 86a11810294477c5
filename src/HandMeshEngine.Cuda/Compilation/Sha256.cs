using System.Buffers.Binary;
using System.Numerics;

namespace HandMeshEngine.Cuda.Compilation;

/// <summary>
/// SHA-256 (FIPS 180-4) without the operating system: .NET's own is OpenSSL's on Linux and ends the process where that is not installed.
/// </summary>
internal sealed class Sha256
{
    /// <summary>Bytes of a digest.</summary>
    public const int Bytes = 32;

    private const int BlockBytes = 64;

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static readonly uint[] _rounds = Roots(64, Math.Cbrt);

    private readonly uint[] _state = Roots(8, Math.Sqrt);
    private readonly byte[] _block = new byte[BlockBytes];
    private int _filled;
    private ulong _length;

    /// <summary>The digest of some bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        var hash = new Sha256();
        hash.Append(data);
        return hash.Finish();
    }

    /// <summary>The digest of a text in UTF-8.</summary>
    public static byte[] Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        while (data.Length > 0)
        {
            if (_filled == 0 && data.Length >= BlockBytes)
            {
                Compress(data[..BlockBytes]);
                data = data[BlockBytes..];
                continue;
            }

            int taken = Math.Min(BlockBytes - _filled, data.Length);
            data[..taken].CopyTo(_block.AsSpan(_filled));
            data = data[taken..];
            _filled += taken;
            if (_filled == BlockBytes)
            {
                Compress(_block);
                _filled = 0;
            }
        }
    }

    /// <summary>The digest of all bytes taken; nothing can be added afterwards.</summary>
    public byte[] Finish()
    {
        ulong bits = 8 * _length;
        Append([0x80]);
        Append(new byte[(BlockBytes + 56 - _filled) % BlockBytes]);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, bits);
        Append(length);
        byte[] digest = new byte[Bytes];
        for (int i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(4 * i), _state[i]);
        }

        return digest;
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int i = 0; i < 16; i++)
        {
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        }

        for (int i = 16; i < w.Length; i++)
        {
            uint early = w[i - 15], late = w[i - 2];
            w[i] = w[i - 16] + w[i - 7]
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }

        (uint a, uint b, uint c, uint d) = (_state[0], _state[1], _state[2], _state[3]);
        (uint e, uint f, uint g, uint h) = (_state[4], _state[5], _state[6], _state[7]);
        for (int i = 0; i < w.Length; i++)
        {
            uint first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
                + ((e & f) ^ (~e & g)) + _rounds[i] + w[i];
            uint second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
                + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ReadOnlySpan<uint> more = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < _state.Length; i++)
        {
            _state[i] += more[i];
        }
    }

    private static uint[] Roots(int count, Func<double, double> root)
    {
        var fractions = new uint[count];
        for (int number = 2, found = 0; found < count; number++)
        {
            if (Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0))
            {
                double value = root(number);
                fractions[found++] = (uint)((value - Math.Floor(value)) * 4294967296.0);
            }
        }

        return fractions;
    }
}
