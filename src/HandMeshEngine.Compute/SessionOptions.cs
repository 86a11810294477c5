namespace HandMeshEngine.Compute;

/// <summary>Number format of activations and weights inside a plan.</summary>
public enum Precision
{
    /// <summary>IEEE binary32 throughout.</summary>
    Float32,

    /// <summary>binary16 storage with binary32 accumulation where the model allows it (CUDA only).</summary>
    Float16,

    /// <summary>
    /// Products of bfloat16 numbers with binary32 accumulation and storage where the model allows it (CPU with AVX512_BF16, and the reference).
    /// </summary>
    BFloat16,
}

/// <summary>How a plan is compiled.</summary>
public sealed record SessionOptions
{
    /// <summary>The defaults.</summary>
    public static SessionOptions Default { get; } = new();

    /// <summary>Number format.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Names of taps to keep readable after a run; <c>*</c> keeps all.</summary>
    public IReadOnlyList<string> Observe { get; init; } = [];

    /// <summary>Measure each step (costs a clock read a step; on CUDA the plan runs uncaptured).</summary>
    public bool Profile { get; init; }

    /// <summary>CUDA: frames are staged in memory shared with the backend's other such sessions, which then run on one thread at a time.</summary>
    public bool SharesFrames { get; init; }

    /// <summary>CUDA: called after each kernel program that is compiled or found in the cache while a plan is opened.</summary>
    public Action<CompileStep>? Progress { get; init; }

    /// <summary>CUDA: where compiled kernels are kept; null for the folder in HANDMESH_CACHE, else the user's cache folder.</summary>
    public string? KernelFolder { get; init; }
}
