using System.Text.Json;

namespace HandMeshEngine.Cli.Evaluation;

/// <summary><c>faces.json</c> beside predictions: the triangles of their meshes, three vertex indices each, for silhouettes.</summary>
internal static class FacesFile
{
    private const string Name = "faces.json";
    private const long LargestBytes = 16 << 20;

    /// <summary>Writes the file.</summary>
    public static void Write(string folder, ReadOnlySpan<int> faces)
    {
        string text = $"[{string.Join(',', faces.ToArray())}]\n";
        AtomicFile.Write(Path.Combine(folder, Name), stream => stream.Write(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>The faces beside a file of predictions; null if they are not there.</summary>
    /// <exception cref="ArgumentException">The file is no list of triangles.</exception>
    public static int[]? Beside(string predictions)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(predictions))!, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length <= LargestBytes)
            {
                using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
                int[] faces = [.. json.RootElement.EnumerateArray().Select(element => element.GetInt32())];
                if (faces.Length % 3 == 0)
                {
                    return faces;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
        }

        throw new ArgumentException($"{path} is no list of triangles (three vertex indices each); delete it, or evaluate anew");
    }
}
