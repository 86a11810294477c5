namespace HandMeshEngine.Verification;

/// <summary>How far a tensor may be from the stored one: the larger of two bounds for each element, and one for the mean.</summary>
/// <param name="Absolute">Largest difference whatever the values.</param>
/// <param name="Relative">Largest difference as a share of the stored tensor's largest magnitude.</param>
/// <param name="Mean">Largest mean difference.</param>
internal readonly record struct Tolerance(double Absolute, double Relative = 0, double Mean = double.PositiveInfinity)
{
    /// <summary>Equal.</summary>
    public static Tolerance Exact => new(0);

    /// <summary>A share of the stored tensor's largest magnitude.</summary>
    public static Tolerance OfMax(double share) => new(0, share);

    /// <summary>So many times as far.</summary>
    public Tolerance Times(double factor) => new(factor * Absolute, factor * Relative, factor * Mean);

    /// <summary>The bound for a tensor with this largest magnitude.</summary>
    public double Limit(double largest) => Math.Max(Absolute, Relative * largest);
}
