namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>How pictures become pixels.</summary>
/// <param name="Orientation">What makes them upright, after the EXIF orientation was applied.</param>
internal sealed record PictureOptions(FrameOrientation Orientation);
