namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>The checksum of zip entries (polynomial 0xEDB88320, reflected), eight bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[] _tables = MakeTables();

    /// <summary>The checksum of a block.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint[] t = _tables;
        uint crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            uint low = BitConverter.ToUInt32(bytes) ^ crc;
            uint high = BitConverter.ToUInt32(bytes[4..]);
            crc = t[0x700 + (low & 0xff)] ^ t[0x600 + ((low >> 8) & 0xff)] ^ t[0x500 + ((low >> 16) & 0xff)] ^ t[0x400 + (low >> 24)]
                ^ t[0x300 + (high & 0xff)] ^ t[0x200 + ((high >> 8) & 0xff)] ^ t[0x100 + ((high >> 16) & 0xff)] ^ t[high >> 24];
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            crc = t[(crc ^ b) & 0xff] ^ (crc >> 8);
        }

        return ~crc;
    }

    // Table k advances a byte that lies k bytes before the end of the step.
    private static uint[] MakeTables()
    {
        uint[] tables = new uint[8 * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint crc = n;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }

            tables[n] = crc;
        }

        for (int n = 256; n < tables.Length; n++)
        {
            uint before = tables[n - 256];
            tables[n] = tables[before & 0xff] ^ (before >> 8);
        }

        return tables;
    }
}
