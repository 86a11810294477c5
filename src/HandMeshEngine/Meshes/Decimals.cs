namespace HandMeshEngine.Meshes;

/// <summary>Decimal rounding that makes comparisons immune to the last bits of a sum.</summary>
internal static class Decimals
{
    /// <summary>The value with this many decimals (at most 15), half to even; very large values come back unchanged.</summary>
    public static double Round(double value, int digits) => Math.Round(value, digits, MidpointRounding.ToEven);
}
