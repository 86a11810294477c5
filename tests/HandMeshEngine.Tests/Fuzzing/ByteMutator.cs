namespace HandMeshEngine.Tests.Fuzzing;

/// <summary>
/// Makes damaged copies of good files. Case <c>n</c> depends on the seed, the corpus and <c>n</c> only, so a failure is
/// replayed by its number alone.
/// </summary>
/// <param name="seed">Printed by the test that uses the mutator; another seed gives other damage.</param>
/// <param name="corpus">Good files, none empty, best under a few kilobytes.</param>
/// <param name="magic">Byte strings of the format (markers, chunk names, opcodes) that blind damage would hardly hit.</param>
public sealed class ByteMutator(ulong seed, IReadOnlyList<byte[]> corpus, params byte[][] magic)
{
    private const int LongestDamage = 64;

    private static readonly uint[] _boundaries =
        [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

    private ulong _state;

    /// <summary>The damaged file with this number: one corpus file after one to eight mutations.</summary>
    public byte[] Case(int number)
    {
        _state = (seed * 0x9e3779b97f4a7c15) ^ (((ulong)(uint)number + 1) * 0xd1342543de82ef95);
        List<byte> bytes = [.. corpus[Below(corpus.Count)]];

        // Mostly one or two mutations: a parser looks deep into a file that is nearly right.
        int mutations = 1 + (Below(2) == 0 ? 0 : Below(Below(4) == 0 ? 8 : 3));
        for (int i = 0; i < mutations; i++)
        {
            Mutate(bytes);
        }

        return [.. bytes];
    }

    private void Mutate(List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)Below(256));
            return;
        }

        int at = Below(bytes.Count);
        int length = 1 + Below(Math.Min(LongestDamage, bytes.Count - at));
        switch (Below(10))
        {
            case 0:
            case 1:
                bytes[at] ^= (byte)(1 << Below(8));
                break;
            case 2:
                bytes[at] = (byte)Below(256);
                break;
            case 3:
                bytes[at] = Below(2) == 0 ? (byte)0 : (byte)0xff;
                break;
            case 4:
                Overwrite(bytes, at, BoundaryValue());
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6:
                bytes.RemoveRange(at, length);
                break;
            case 7:
                bytes.InsertRange(Below(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 8:
                Splice(bytes, at);
                break;
            default:
                InsertMagic(bytes, at);
                break;
        }
    }

    /// <summary>An extreme 1, 2, 4 or 8 byte integer in either byte order.</summary>
    private byte[] BoundaryValue()
    {
        ulong value = _boundaries[Below(_boundaries.Length)];
        byte[] little = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(little, value);
        int width = 1 << Below(4);
        byte[] field = little[..width];
        if (Below(2) == 0)
        {
            Array.Reverse(field);
        }

        return field;
    }

    /// <summary>The head of this file with the tail of another.</summary>
    private void Splice(List<byte> bytes, int at)
    {
        byte[] other = corpus[Below(corpus.Count)];
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other.AsSpan(Below(other.Length)));
    }

    private void InsertMagic(List<byte> bytes, int at)
    {
        if (magic.Length == 0)
        {
            bytes.Insert(at, (byte)Below(256));
            return;
        }

        byte[] word = magic[Below(magic.Length)];
        if (Below(2) == 0)
        {
            bytes.InsertRange(at, word);
        }
        else
        {
            Overwrite(bytes, at, word);
        }
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (int i = 0; i < with.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = with[i];
        }
    }

    /// <summary>SplitMix64: fixed for good, unlike the generators of the base library.</summary>
    private int Below(int limit)
    {
        _state += 0x9e3779b97f4a7c15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        z ^= z >> 31;
        return (int)(z % (ulong)limit);
    }
}
