namespace HandMeshEngine.Images;

/// <summary>PNG pictures on disk.</summary>
public static class PngFile
{
    /// <summary>Writes a picture; the file appears whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string path, RgbImage image) =>
        AtomicFile.Write(path, PngEncoder.Encode(image), static (stream, bytes) => stream.Write(bytes));
}
