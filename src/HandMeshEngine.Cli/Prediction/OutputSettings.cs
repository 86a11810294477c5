namespace HandMeshEngine.Cli.Prediction;

/// <summary>What a prediction writes, and where.</summary>
/// <param name="Folder">For the results; null writes no files at all.</param>
/// <param name="Formats">Of files for each picture.</param>
/// <param name="AreFormatsGiven">The user named the formats: then the frames of videos and the pictures of lists get files, too.</param>
internal sealed record OutputSettings(string? Folder, IReadOnlyList<string> Formats, bool AreFormatsGiven)
{
    /// <summary>Draw over pictures; null draws where there are few.</summary>
    public bool? Overlay { get; init; }

    /// <summary>A video of the drawings; null for none.</summary>
    public string? OverlayVideo { get; init; }

    /// <summary>Vertices in the JSON, too.</summary>
    public bool WithVertices { get; init; }

    /// <summary>The joints' rotations in the JSON, too.</summary>
    public bool WithRotations { get; init; }

    /// <summary>Joints and skin weights in the GLB of a photo; that of a video has them anyway.</summary>
    public bool Skeleton { get; init; }

    /// <summary>A line of JSON for each picture on standard output, instead of the report.</summary>
    public bool Json { get; init; }

    /// <summary>Keep results that are there and current.</summary>
    public bool Resume { get; init; }

    /// <summary>The path of one result.</summary>
    public string PathOf(string name, string ending) => Path.Combine(Folder!, name + ending);

    /// <summary>The files of one picture, by format.</summary>
    public IEnumerable<(string Format, string Path)> PathsOf(string name) =>
        Formats.Select(format => (format, PathOf(name, format == "json" ? ".hands.json" : "." + format)));
}
