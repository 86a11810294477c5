namespace HandMeshEngine.Export;

/// <summary>One image's answer with the facts that make it readable later; what <see cref="HandsJson"/> writes.</summary>
/// <param name="ImageWidth">Pixels, after EXIF orientation.</param>
/// <param name="ImageHeight">Pixels, after EXIF orientation.</param>
/// <param name="Camera">The camera that was used.</param>
/// <param name="System">Id of the system, for example "mediapipe-hand".</param>
/// <param name="Device">What computed it.</param>
/// <param name="Hands">The hands; may be empty.</param>
public sealed record PredictionRecord(
    int ImageWidth, int ImageHeight, Camera Camera, string System, string Device, IReadOnlyList<HandMesh> Hands);
