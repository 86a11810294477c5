using System.Buffers.Binary;
using HandMeshEngine.Images;

namespace HandMeshEngine.ImageSharp;

/// <summary>Files that reach known flaws of ImageSharp 2.1.13 are refused before it sees them (README.md lists the flaws).</summary>
internal static class KnownFlaws
{
    private const int TiffCompressionTag = 259;

    /// <summary>Looks at the bytes that ImageSharp trusts too much.</summary>
    /// <exception cref="ImageException">The file is of a kind that is not read.</exception>
    public static void Refuse(ImageFileFormat format, ReadOnlySpan<byte> file)
    {
        switch (format.Name)
        {
            case "TIFF":
                RefuseCompression(file);
                break;
            case "BMP":
                RefuseOffset(file);
                break;
            case "WebP":
                RefuseAnimation(file);
                break;
        }
    }

    // Fax compression (2, 3, 4) writes outside its buffers; only compressions without such a history are let through.
    private static void RefuseCompression(ReadOnlySpan<byte> file)
    {
        bool little = file[0] == 'I';
        uint directory = Read32(file, 4, little);
        int entries = Read16(file, directory, little);
        for (int i = 0; i < entries; i++)
        {
            long entry = directory + 2L + (12L * i);
            if (Read16(file, entry, little) == TiffCompressionTag)
            {
                int compression = Read16(file, entry + 8, little);
                if (compression is not (1 or 5 or 8 or 32773 or 32946))
                {
                    throw new ImageException(
                        $"this TIFF file is compressed in a way that is not read here (compression {compression}; none, LZW, deflate and PackBits are): save it with one of these, or as PNG");
                }
            }
        }
    }

    // A later version wrote outside its buffers here. The header says with a bit that there are several frames; chunks may follow without it.
    private static void RefuseAnimation(ReadOnlySpan<byte> file)
    {
        const int riffHeader = 12, chunkHeader = 8;
        for (long at = riffHeader; at + chunkHeader < file.Length;)
        {
            ReadOnlySpan<byte> chunk = file[(int)at..];
            if ((chunk.StartsWith("VP8X"u8) && (chunk[chunkHeader] & 2) != 0) || chunk.StartsWith("ANIM"u8) || chunk.StartsWith("ANMF"u8))
            {
                throw new ImageException("this WebP file is an animation, which is not read here: export the frame you mean, as WebP or PNG");
            }

            long size = Read32(file, at + 4, little: true);
            at += chunkHeader + size + (size % 2);
        }
    }

    // The decoder makes a palette of everything before the pixels, however far away they are said to be.
    private static void RefuseOffset(ReadOnlySpan<byte> file)
    {
        uint offset = Read32(file, 10, little: true);
        if (offset > file.Length)
        {
            throw new ImageException($"the BMP header at byte 10 says that the pixels begin at byte {offset}, but the file ends at {file.Length}; it is damaged, export it again");
        }
    }

    private static int Read16(ReadOnlySpan<byte> file, long at, bool little)
    {
        ReadOnlySpan<byte> bytes = Slice(file, at, 2);
        return little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    private static uint Read32(ReadOnlySpan<byte> file, long at, bool little)
    {
        ReadOnlySpan<byte> bytes = Slice(file, at, 4);
        return little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> file, long at, int length) => at + length <= file.Length
        ? file.Slice((int)at, length)
        : throw new ImageException($"the file ends at byte {file.Length}, in the middle of its header; it is damaged, export it again");
}
