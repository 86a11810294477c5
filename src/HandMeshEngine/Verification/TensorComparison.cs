namespace HandMeshEngine.Verification;

/// <summary>How far one computed tensor is from the stored one.</summary>
public sealed record TensorComparison
{
    /// <summary>The model's stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The tensor's name in the case.</summary>
    public required string Name { get; init; }

    /// <summary>What was computed from what: <c>stage</c> from the stored tensors before it, <c>chain</c> from the image,
    /// <c>host</c> outside the network.</summary>
    public required string Route { get; init; }

    /// <summary>Number of elements.</summary>
    public required int Count { get; init; }

    /// <summary>Largest absolute difference, over the elements that count.</summary>
    public required double MaxError { get; init; }

    /// <summary>Mean absolute difference.</summary>
    public required double MeanError { get; init; }

    /// <summary>Index of the element that uses most of its tolerance.</summary>
    public required IReadOnlyList<int> Where { get; init; }

    /// <summary>The computed value there.</summary>
    public required double Actual { get; init; }

    /// <summary>The stored value there.</summary>
    public required double Expected { get; init; }

    /// <summary>Sum of squared differences over the sum of squared stored values.</summary>
    public required double Nmse { get; init; }

    /// <summary>Cosine of the angle between both tensors as vectors.</summary>
    public required double Cosine { get; init; }

    /// <summary>Computed values that are not finite.</summary>
    public required int NonFinite { get; init; }

    /// <summary>Largest difference allowed at <see cref="Where"/>.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The worst element's difference as a share of what is allowed, per cent.</summary>
    public required double PercentOfTolerance { get; init; }

    /// <summary>The tolerance with which this comparison would just have passed; infinite if values are not finite.</summary>
    public double NeededTolerance => NonFinite > 0 ? double.PositiveInfinity
        : double.IsFinite(PercentOfTolerance) ? Tolerance * PercentOfTolerance / 100
        : MaxError;

    /// <summary>Whether everything is within tolerance and finite.</summary>
    public required bool Passed { get; init; }

    /// <summary>One line: verdict, tensor, error, place, both values, share of the tolerance.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Passed ? "ok  " : "FAIL")} {Route,-5} {Stage}/{Name}: max error {MaxError:g3} at [{string.Join(", ", Where)}] ({Actual:g7}, stored {Expected:g7}), {PercentOfTolerance:0.#} % of {Tolerance:g3}; mean {MeanError:g3}, nmse {Nmse:g3}, cosine {Cosine:0.########}{(NonFinite > 0 ? $", {NonFinite} not finite" : string.Empty)}");
}
