using System.Runtime.InteropServices;

namespace HandMeshEngine;

/// <summary>Finds values that are infinite or not a number, a vector at a time.</summary>
internal static class FiniteValues
{
    /// <summary>The flat index of the first such value of a tensor; -1 if there is none, or it holds integers.</summary>
    public static int FirstNotFinite(Tensor tensor) => tensor.Type switch
    {
        DType.Float32 => FirstWithAll(MemoryMarshal.Cast<byte, uint>(tensor.Bytes), 0x7f800000u),
        DType.Float16 => FirstWithAll(MemoryMarshal.Cast<byte, ushort>(tensor.Bytes), (ushort)0x7c00),
        DType.BFloat16 => FirstWithAll(MemoryMarshal.Cast<byte, ushort>(tensor.Bytes), (ushort)0x7f80),
        DType.Float64 => FirstWithAll(MemoryMarshal.Cast<byte, ulong>(tensor.Bytes), 0x7ff0000000000000u),
        _ => -1,
    };

    /// <summary>Whether all points are finite.</summary>
    public static bool All(ReadOnlySpan<Vector3> points) => FirstWithAll(MemoryMarshal.Cast<Vector3, uint>(points), 0x7f800000u) < 0;

    /// <inheritdoc cref="All(ReadOnlySpan{Vector3})"/>
    public static bool All(ReadOnlySpan<Vector2> points) => FirstWithAll(MemoryMarshal.Cast<Vector2, uint>(points), 0x7f800000u) < 0;

    // A float is infinite or not a number exactly if all bits of its exponent are set.
    private static int FirstWithAll<T>(ReadOnlySpan<T> values, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        int i = 0;
        var all = new Vector<T>(exponent);
        while (i <= values.Length - Vector<T>.Count && !Vector.EqualsAny(new Vector<T>(values[i..]) & all, all))
        {
            i += Vector<T>.Count;
        }

        while (i < values.Length && (values[i] & exponent) != exponent)
        {
            i++;
        }

        return i < values.Length ? i : -1;
    }
}
