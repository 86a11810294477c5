using System.Globalization;

namespace HandMeshEngine.Cases.Parity;

/// <summary>The worst element of one computed tensor against the stored one.</summary>
/// <param name="Case">Name of the case.</param>
/// <param name="Stage">Name of the tensor.</param>
/// <param name="Error">Largest absolute difference; infinite if a value is not a number.</param>
/// <param name="Index">Where, as a flat index.</param>
/// <param name="Actual">The computed value there.</param>
/// <param name="Expected">The stored value there.</param>
/// <param name="Tolerance">Largest difference allowed.</param>
public sealed record StageResult(string Case, string Stage, double Error, int Index, double Actual, double Expected, double Tolerance)
{
    /// <summary>Whether the tensor is within its tolerance.</summary>
    public bool Passed => Error <= Tolerance;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Case} {Stage}: max error {Error:g3} at [{Index}] ({Actual:g7}, stored {Expected:g7}), {100 * Error / Tolerance:f1} % of the tolerance {Tolerance:g3}");
}
