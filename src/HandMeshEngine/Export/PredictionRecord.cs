namespace HandMeshEngine.Export;

/// <summary>One image's answer with the facts that make it readable later; what <see cref="HandsJson"/> writes.</summary>
/// <param name="ImageWidth">Pixels, after EXIF orientation.</param>
/// <param name="ImageHeight">Pixels, after EXIF orientation.</param>
/// <param name="Camera">The camera that was used.</param>
/// <param name="System">Id of the system, for example "mediapipe-hand".</param>
/// <param name="Device">What computed it.</param>
/// <param name="Hands">The hands; may be empty.</param>
public sealed record PredictionRecord(
    int ImageWidth, int ImageHeight, Camera Camera, string System, string Device, IReadOnlyList<HandMesh> Hands)
{
    /// <summary>What was wrong with the file although it could be decoded, see <see cref="Images.ImageInfo.Notes"/>; written if there is something.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What tells results of other options or weights apart; written if given.</summary>
    public string? Run { get; init; }

    /// <summary>Write the vertices, too.</summary>
    public bool WithVertices { get; init; }

    /// <summary>Write the joints' rotations (<see cref="HandPose.LocalRotations"/>), too.</summary>
    public bool WithRotations { get; init; }
}
