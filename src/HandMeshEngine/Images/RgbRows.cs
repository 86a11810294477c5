using System.Runtime.Intrinsics;

namespace HandMeshEngine.Images;

/// <summary>Writes pixels of separate red, green and blue as RGB.</summary>
internal static class RgbRows
{
    /// <summary>Pixels that are written at once.</summary>
    public const int Step = 16;

    private const byte None = 255;

    /// <summary>Writes the first of 16 pixels, as many as there is room for.</summary>
    public static void StoreSome(Vector128<byte> red, Vector128<byte> green, Vector128<byte> blue, Span<byte> output)
    {
        Span<byte> whole = stackalloc byte[3 * Step];
        Store(red, green, blue, whole);
        whole[..output.Length].CopyTo(output);
    }

    /// <summary>Writes 16 pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte> red, Vector128<byte> green, Vector128<byte> blue, Span<byte> output)
    {
        Vector128<byte> first =
            Vector128.Shuffle(red, Vector128.Create(0, None, None, 1, None, None, 2, None, None, 3, None, None, 4, None, None, 5))
            | Vector128.Shuffle(green, Vector128.Create(None, 0, None, None, 1, None, None, 2, None, None, 3, None, None, 4, None, None))
            | Vector128.Shuffle(blue, Vector128.Create(None, None, 0, None, None, 1, None, None, 2, None, None, 3, None, None, 4, None));
        Vector128<byte> second =
            Vector128.Shuffle(red, Vector128.Create(None, None, 6, None, None, 7, None, None, 8, None, None, 9, None, None, 10, None))
            | Vector128.Shuffle(green, Vector128.Create(5, None, None, 6, None, None, 7, None, None, 8, None, None, 9, None, None, 10))
            | Vector128.Shuffle(blue, Vector128.Create(None, 5, None, None, 6, None, None, 7, None, None, 8, None, None, 9, None, None));
        Vector128<byte> third =
            Vector128.Shuffle(red, Vector128.Create(None, 11, None, None, 12, None, None, 13, None, None, 14, None, None, 15, None, None))
            | Vector128.Shuffle(green, Vector128.Create(None, None, 11, None, None, 12, None, None, 13, None, None, 14, None, None, 15, None))
            | Vector128.Shuffle(blue, Vector128.Create(10, None, None, 11, None, None, 12, None, None, 13, None, None, 14, None, None, 15));
        first.CopyTo(output);
        second.CopyTo(output[Step..]);
        third.CopyTo(output[(2 * Step)..]);
    }
}
