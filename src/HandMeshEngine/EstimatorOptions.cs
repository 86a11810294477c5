using HandMeshEngine.Compute.Backends.Cuda;

namespace HandMeshEngine;

/// <summary>What to open and where to run it. The defaults open the shipped networks on the best device.</summary>
public sealed record EstimatorOptions
{
    /// <summary>Id of the system, one of <see cref="HandSystems.All"/>.</summary>
    public string System { get; init; } = HandSystems.Default.Id;

    /// <summary>
    /// Path of the weights, or <c>random:SEED</c> for stand-in weights (meaningless meshes, for benchmarks); null finds the
    /// default system's weights beside the library.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>The weights as a safetensors stream, read to its end when the estimator opens; instead of <see cref="Weights"/>.</summary>
    public Stream? WeightsStream { get; init; }

    /// <summary>What the weights' file may ask for.</summary>
    public CheckpointLimits CheckpointLimits { get; init; } = CheckpointLimits.Default;

    /// <summary>
    /// Size of the default system's networks: <c>full</c>, <c>lite</c>, or <c>both</c>: lite in the first pass and the mean of both in the
    /// last (docs/systems/mediapipe-hand.md 4.7); of stand-in weights: the system's variant.
    /// </summary>
    public string? Variant { get; init; }

    /// <summary>
    /// <c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c> or <c>reference</c>. Only <c>auto</c> ever falls back. An architecture such as
    /// <c>sm_86</c> opens plans that cannot run, see <see cref="Devices.Open"/>.
    /// </summary>
    public string Device { get; init; } = "auto";

    /// <summary>Number format of the networks; null takes fp16 on CUDA and fp32 elsewhere.</summary>
    public Precision? Precision { get; init; }

    /// <summary>Threads of the CPU backend, at most <see cref="Devices.MostThreads"/>; 0 takes one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>Largest value of <see cref="MaxHands"/>: memory for every hand is set aside when a result is made.</summary>
    public const int MostHands = 100;

    /// <summary>Most hands found in an image, 1 to <see cref="MostHands"/>.</summary>
    public int MaxHands { get; init; } = 2;

    /// <summary>
    /// How far to search where the whole frame leads to no hand; each rung costs network passes (docs/systems/mediapipe-hand.md 4.6), and a
    /// frame without hands costs all of them. A tracker takes one step a frame.
    /// </summary>
    public SearchRung MaxSearch { get; init; } = SearchRung.Turns;

    /// <summary>
    /// Run the default system as the stored cases have it: crops of the image plane, no search but the four turns, sizes from the network.
    /// Less accurate away from the image's middle (docs/systems/mediapipe-hand.md 13).
    /// </summary>
    public bool AsPublished { get; init; }

    /// <summary>
    /// For <c>handdgp</c>: turn a virtual camera to the hand, because the network sees only the 13 degrees around its optical axis
    /// (docs/systems/handdgp.md 2.3). Off by default: it is our extension. The default system always does so.
    /// </summary>
    public bool VirtualCamera { get; init; }

    /// <summary>
    /// Names of what a paper's network computes on its way, to be kept in <see cref="HandMesh.Intermediates"/>: the names of the system's
    /// page, such as handar's <c>rough_mesh</c>, pixelaligned's <c>mesh1</c> or graphhand's <c>heatmap1</c>. For systems behind a box; an
    /// unknown name is refused with all that there are. Each costs its copy.
    /// </summary>
    public IReadOnlyList<string> Intermediates { get; init; } = [];

    /// <summary>How a backend is to compile the networks.</summary>
    internal SessionOptions SessionOptions(Backend backend) => new()
    {
        Precision = Precision ?? (backend.Name == "cuda" ? Compute.Precision.Float16 : Compute.Precision.Float32),
        Profile = Profile,
        SharesFrames = true,
        KernelFolder = KernelFolder,
        Progress = Progress,
    };

    /// <summary>
    /// CUDA: the caller's context and stream, which <c>auto</c> then uses too, and ways of running kernels; null for the backend's own
    /// (docs/cuda.md).
    /// </summary>
    public CudaBackendOptions? Cuda { get; init; }

    /// <summary>CUDA: where compiled kernels are kept; null for the folder in HANDMESH_CACHE, else the user's cache folder.</summary>
    public string? KernelFolder { get; init; }

    /// <summary>CUDA: called after each kernel program that is compiled or found while the estimator opens.</summary>
    public Action<CompileStep>? Progress { get; init; }

    /// <summary>
    /// Called with the exception of every prediction that fails while it runs, before its caller sees it; a mistake in the arguments is
    /// the caller's alone. May come from any thread, must not throw.
    /// </summary>
    public Action<Exception>? Failed { get; init; }

    /// <summary>Measure every step of the networks (<see cref="HandEstimator.Sessions"/> then have profiles).</summary>
    public bool Profile { get; init; }
}
