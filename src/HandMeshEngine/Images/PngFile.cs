namespace HandMeshEngine.Images;

/// <summary>PNG pictures on disk.</summary>
public static class PngFile
{
    /// <summary>Writes a picture; the file appears whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string path, RgbImage image) => Save(path, PngEncoder.Encode(image));

    /// <summary>Whether a file begins as the pictures do that this engine draws: they are results, not photos.</summary>
    /// <param name="start">The first 96 bytes.</param>
    public static bool IsDrawing(ReadOnlySpan<byte> start) => start.Length > PngEncoder.MarkOffset && start[PngEncoder.MarkOffset..].StartsWith(PngEncoder.Mark);

    /// <summary>Writes a picture that was drawn from results, marked as such: folders of photos pass over it (<see cref="IsDrawing"/>).</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void SaveDrawing(string path, RgbImage image) => Save(path, PngEncoder.Encode(image, isDrawing: true));

    private static void Save(string path, byte[] file) => AtomicFile.Write(path, file, static (stream, bytes) => stream.Write(bytes));
}
