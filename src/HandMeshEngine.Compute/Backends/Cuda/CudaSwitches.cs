using System.Globalization;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// Ways of running the same kernels that only a measurement on a card can choose between. None changes a result. They come from
/// HANDMESH_CUDA_SWITCHES (docs/environment.md) unless <see cref="CudaBackendOptions.Switches"/> says otherwise.
/// </summary>
public sealed record CudaSwitches
{
    /// <summary>Whether launches overlap the ones before them, where device, driver and kernels can.</summary>
    public bool Overlaps { get; init; } = true;

    /// <summary>Whether a launch lets the next one start as soon as it has waited for its own predecessor; else when its blocks end.</summary>
    public bool ReleasesEarly { get; init; } = true;

    /// <summary>Percent of the SM's memory that is shared memory, for all kernels; null leaves it to the driver, launch by launch.</summary>
    public int? SharedPercent { get; init; }

    /// <summary>Whether a run is one launch of a captured graph; else each kernel is launched on its own.</summary>
    public bool UsesGraph { get; init; } = true;

    /// <summary>
    /// Whether small launches in a row are one cooperative launch whose blocks wait for each other, where the device can; else each is a
    /// launch.
    /// </summary>
    public bool Walks { get; init; } = true;

    /// <summary>
    /// Whether the rows of a frame that crops reach are copied to the device before a run; else kernels read them from page-locked host memory.
    /// </summary>
    public bool CopiesFrames { get; init; }

    /// <summary>How the host waits for a run.</summary>
    public CudaWait Wait { get; init; }

    /// <summary>Options of the kernels' programs.</summary>
    internal IReadOnlyList<string> ProgramOptions => ReleasesEarly ? [] : ["-DRELEASES_LATE"];

    /// <summary>The switches of the environment; the usual ones where it holds none.</summary>
    /// <exception cref="ArgumentException">The variable holds something else.</exception>
    public static CudaSwitches FromEnvironment() => Parse(EnvironmentVariables.Read(EnvironmentVariables.CudaSwitches) ?? string.Empty);

    /// <summary>Reads switches such as "overlap=off carveout=100".</summary>
    /// <param name="text">
    /// Words with a blank between them: <c>overlap=on</c>, <c>off</c> or <c>late</c>; <c>carveout=</c> 0 to 100 (percent); <c>launch=graph</c> or <c>plain</c>;
    /// <c>walk=on</c> or <c>off</c>; <c>frames=mapped</c> or <c>copied</c>;
    /// <c>wait=stream</c>, <c>blocked</c> or <c>polling</c>.
    /// </param>
    /// <exception cref="ArgumentException">A word is none of these.</exception>
    public static CudaSwitches Parse(string text)
    {
        var switches = new CudaSwitches();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switches = word switch
            {
                "overlap=on" => switches with { Overlaps = true, ReleasesEarly = true },
                "overlap=off" => switches with { Overlaps = false },
                "overlap=late" => switches with { Overlaps = true, ReleasesEarly = false },
                "launch=graph" => switches with { UsesGraph = true },
                "launch=plain" => switches with { UsesGraph = false },
                "frames=mapped" => switches with { CopiesFrames = false },
                "frames=copied" => switches with { CopiesFrames = true },
                "wait=stream" => switches with { Wait = CudaWait.Stream },
                "wait=blocked" => switches with { Wait = CudaWait.Blocked },
                "wait=polling" => switches with { Wait = CudaWait.Polling },
                "walk=on" => switches with { Walks = true },
                "walk=off" => switches with { Walks = false },
                _ when word.StartsWith("carveout=", StringComparison.Ordinal)
                    && int.TryParse(word.AsSpan("carveout=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) && percent <= 100 =>
                    switches with { SharedPercent = percent },
                _ => throw new ArgumentException(
                    $"'{word}' is no switch of the CUDA backend; give overlap=on, off or late, carveout=0 to 100, launch=graph or plain, walk=on or off, frames=mapped or copied, wait=stream, blocked or polling, in {EnvironmentVariables.CudaSwitches}"),
            };
        }

        return switches;
    }
}
