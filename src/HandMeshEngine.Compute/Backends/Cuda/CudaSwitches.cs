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

    /// <summary>Options of the kernels' programs.</summary>
    internal IReadOnlyList<string> ProgramOptions => ReleasesEarly ? [] : ["-DRELEASES_LATE"];

    /// <summary>The switches of the environment; the usual ones where it holds none.</summary>
    /// <exception cref="ArgumentException">The variable holds something else.</exception>
    public static CudaSwitches FromEnvironment() => Parse(EnvironmentVariables.Read(EnvironmentVariables.CudaSwitches) ?? string.Empty);

    /// <summary>Reads switches such as "overlap=off carveout=100".</summary>
    /// <param name="text">
    /// Words with a blank between them: <c>overlap=on</c>, <c>off</c> or <c>late</c>; <c>carveout=</c> 0 to 100 (percent); <c>launch=graph</c> or <c>plain</c>.
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
                _ when word.StartsWith("carveout=", StringComparison.Ordinal)
                    && int.TryParse(word.AsSpan("carveout=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) && percent <= 100 =>
                    switches with { SharedPercent = percent },
                _ => throw new ArgumentException(
                    $"'{word}' is no switch of the CUDA backend; give overlap=on, off or late, carveout=0 to 100, launch=graph or plain, in {EnvironmentVariables.CudaSwitches}"),
            };
        }

        return switches;
    }
}
