using System.Numerics;

namespace PtxSimulator.Operations;

/// <summary>
/// Passes a shared-memory request takes. 32 banks of 4 bytes; lanes reading the same word share it. Requests of 8 bytes a lane
/// are served by half warps, of 16 bytes by quarter warps.
/// </summary>
internal static unsafe class BankConflicts
{
    public static int Wavefronts(ulong* addresses, uint mask, int size)
    {
        int words = Math.Max(1, size / 4), lanesAtOnce = 32 / words;
        ulong* seen = stackalloc ulong[32];
        int total = 0;
        for (int first = 0; first < 32; first += lanesAtOnce)
        {
            uint group = mask >> first & (uint)((1ul << lanesAtOnce) - 1);
            if (group != 0)
            {
                total += Passes(addresses + first, group, words, seen);
            }
        }
        return total;
    }

    private static int Passes(ulong* addresses, uint group, int words, ulong* seen)
    {
        byte* depth = stackalloc byte[32];
        new Span<byte>(depth, 32).Clear();
        int count = 0, passes = 1;
        for (uint rest = group; rest != 0; rest &= rest - 1)
        {
            ulong word = addresses[BitOperations.TrailingZeroCount(rest)] >> 2;
            if (new ReadOnlySpan<ulong>(seen, count).Contains(word))
            {
                continue;
            }
            seen[count++] = word;
            for (int i = 0; i < words; i++)
            {
                passes = Math.Max(passes, ++depth[(int)(word + (ulong)i) & 31]);
            }
        }
        return passes;
    }
}
