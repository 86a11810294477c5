namespace HandMeshEngine;

/// <summary>The cyclic redundancy check of PNG chunks and zip entries (ISO 3309), eight bytes a step.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xedb88320;
    private const int Slices = 8;

    private static readonly uint[][] _tables = MakeTables();

    /// <summary>The check of some bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= Slices)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = _tables[7][(byte)low] ^ _tables[6][(byte)(low >> 8)] ^ _tables[5][(byte)(low >> 16)] ^ _tables[4][low >> 24]
                ^ _tables[3][(byte)high] ^ _tables[2][(byte)(high >> 8)] ^ _tables[1][(byte)(high >> 16)] ^ _tables[0][high >> 24];
            bytes = bytes[Slices..];
        }

        foreach (byte b in bytes)
        {
            crc = _tables[0][(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>Table n holds the check of each byte with n zeros behind it.</summary>
    private static uint[][] MakeTables()
    {
        uint[][] tables = new uint[Slices][];
        for (int slice = 0; slice < Slices; slice++)
        {
            tables[slice] = new uint[256];
        }

        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[0][value] = crc;
        }

        for (int slice = 1; slice < Slices; slice++)
        {
            for (int value = 0; value < 256; value++)
            {
                uint shorter = tables[slice - 1][value];
                tables[slice][value] = tables[0][(byte)shorter] ^ (shorter >> 8);
            }
        }

        return tables;
    }
}
