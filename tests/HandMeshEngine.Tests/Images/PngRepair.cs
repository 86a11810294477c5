using HandMeshEngine.Images.Png;

namespace HandMeshEngine.Tests.Images;

/// <summary>Makes damaged PNG files pass the outermost check, so that the damage reaches the inner ones.</summary>
internal static class PngRepair
{
    /// <summary>Writes the right check sum behind every chunk, as far as lengths can be followed.</summary>
    public static void FixCheckSums(Span<byte> file)
    {
        for (int at = 8; at + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                return;
            }

            int end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(file[end..], Crc32.Compute(file[(at + 4)..end]));
            at = end + 4;
        }
    }
}
