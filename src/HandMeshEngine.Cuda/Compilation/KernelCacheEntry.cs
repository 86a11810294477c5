using System.Buffers.Binary;

namespace HandMeshEngine.Cuda.Compilation;

/// <summary>
/// The bytes of a cache file: SHA-256 of all that follows (32), seal of the key (32), length of the log (4, little endian),
/// log in UTF-8, image.
/// </summary>
internal static class KernelCacheEntry
{
    private const int SealAt = Sha256.Bytes;
    private const int LogLengthAt = 2 * Sha256.Bytes;
    private const int LogAt = LogLengthAt + sizeof(int);

    /// <summary>An image as a file.</summary>
    public static byte[] Write(KernelCacheKey key, KernelImage image)
    {
        byte[] log = Encoding.UTF8.GetBytes(image.Log);
        byte[] file = new byte[LogAt + log.Length + image.Bytes.Length];
        key.Seal().CopyTo(file, SealAt);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(LogLengthAt), log.Length);
        log.CopyTo(file, LogAt);
        image.Bytes.CopyTo(file, LogAt + log.Length);
        Sha256.Of(file.AsSpan(SealAt)).CopyTo(file, 0);
        return file;
    }

    /// <summary>The image in a file, or null if the file is damaged or stands for something else.</summary>
    public static KernelImage? Read(KernelCacheKey key, ReadOnlySpan<byte> file)
    {
        if (file.Length < LogAt
            || !file[..SealAt].SequenceEqual(Sha256.Of(file[SealAt..]))
            || !file[SealAt..LogLengthAt].SequenceEqual(key.Seal()))
        {
            return null;
        }

        int logBytes = BinaryPrimitives.ReadInt32LittleEndian(file[LogLengthAt..]);
        return new KernelImage(
            file[(LogAt + logBytes)..].ToArray(), key.Target, key.NvrtcVersion, Encoding.UTF8.GetString(file.Slice(LogAt, logBytes)));
    }
}
