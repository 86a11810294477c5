namespace HandMeshEngine.Native.Handles;

/// <summary>An open estimator and its words.</summary>
internal sealed class EstimatorHandle(HandEstimator estimator, int maxHands) : Handled
{
    private readonly NativeText _system = new(estimator.System.Id);
    private readonly NativeText _device = new(estimator.Device);
    private readonly NativeText _description = new(estimator.DeviceDescription);
    private readonly NativeText _note = new(estimator.DeviceNote ?? string.Empty);

    /// <inheritdoc/>
    public override string Kind => "an estimator";

    /// <summary>The estimator.</summary>
    public HandEstimator Estimator { get; } = estimator;

    /// <summary>What it runs.</summary>
    public unsafe NativeDescription Describe() => new()
    {
        MaxHands = maxHands,
        System = _system.Pointer,
        Device = _device.Pointer,
        DeviceDescription = _description.Pointer,
        DeviceNote = _note.Pointer,
        HasStandInWeights = Estimator.HasStandInWeights ? 1 : 0,
    };

    /// <inheritdoc/>
    public override void Release() => Estimator.Dispose();
}
