namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>How pictures become pixels.</summary>
/// <param name="Orientation">What makes them upright, after the EXIF orientation was applied.</param>
/// <param name="IsStrict">A file with a flaw is refused even if its picture is whole.</param>
/// <param name="Stretch">The largest value of dim 16-bit grey becomes white.</param>
internal sealed record PictureOptions(FrameOrientation Orientation, bool IsStrict = false, bool Stretch = false);
