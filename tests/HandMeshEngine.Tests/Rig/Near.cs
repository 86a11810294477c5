using System.Runtime.InteropServices;

namespace HandMeshEngine.Tests.Rig;

/// <summary>Comparisons that say where and by how much two arrays part.</summary>
internal static class Near
{
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // Written so that NaN fails.
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
            {
                Assert.Fail($"{what}[{i}] is {actual[i]:R}, expected {expected[i]:R} within {tolerance}");
            }
        }
    }

    public static void Equal(ReadOnlySpan<Vector3> expected, ReadOnlySpan<Vector3> actual, double tolerance, string what) =>
        Equal(MemoryMarshal.Cast<Vector3, float>(expected), MemoryMarshal.Cast<Vector3, float>(actual), tolerance, what);

    public static void Equal(ReadOnlySpan<Vector2> expected, ReadOnlySpan<Vector2> actual, double tolerance, string what) =>
        Equal(MemoryMarshal.Cast<Vector2, float>(expected), MemoryMarshal.Cast<Vector2, float>(actual), tolerance, what);

    public static void Equal(ReadOnlySpan<Vector3> expected, ReadOnlySpan<Vector3d> actual, double tolerance, string what)
    {
        Vector3[] rounded = [.. actual.ToArray().Select(v => v.ToSingle())];
        Equal(expected, rounded, tolerance, what);
    }

    public static void Equal(ReadOnlySpan<float> expected, in Matrix3d actual, double tolerance, string what)
    {
        Span<double> nine = stackalloc double[9];
        actual.CopyTo(nine);
        float[] rounded = [.. nine.ToArray().Select(v => (float)v)];
        Equal(expected, rounded, tolerance, what);
    }

    public static void Equal(in Crop expected, in Crop actual, double pixels, double radians)
    {
        Equal(
            [(float)expected.CenterX, (float)expected.CenterY, (float)expected.Width, (float)expected.Height],
            [(float)actual.CenterX, (float)actual.CenterY, (float)actual.Width, (float)actual.Height],
            pixels,
            "crop");
        Equal([(float)expected.Angle], [(float)actual.Angle], radians, "crop angle");
    }
}
