namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>What tests may have otherwise than users.</summary>
internal sealed record CudaTestHooks
{
    /// <summary>Kernel sources in place of those in the assembly, to plant defects.</summary>
    public IReadOnlyDictionary<string, string>? Sources { get; init; }

    /// <summary>Heads are rounded like all else, so that a lone op runs on tensor cores.</summary>
    public bool RoundsHeads { get; init; }

    /// <summary>No compiler is looked for, as on a machine that has none.</summary>
    public bool LacksCompiler { get; init; }

    /// <summary>Each convolution has a launch of its own, and no launch does several things side by side.</summary>
    public bool LaunchesApart { get; init; }

    /// <summary>Every value has an allocation of its own, so that the device's range checks are exact.</summary>
    public bool SeparatesValues { get; init; }
}
