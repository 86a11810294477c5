namespace HandMeshEngine.Cuda;

/// <summary>Range checks of copies.</summary>
internal static class MemoryRange
{
    /// <summary>Throws unless [offset, offset + length) lies inside [0, size).</summary>
    public static void Check(long size, long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > size - length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset), $"bytes {offset} to {offset + length} are not inside a memory of {size} bytes");
        }
    }
}
