using System.Text.Json;
using HandMeshEngine.Export;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>Writes the files of one picture's hands; one that cannot be written does not stop the others.</summary>
internal sealed class ResultFiles(OutputSettings settings, Action<Exception> failed)
{
    private readonly OverlayRenderer _renderer = new();

    /// <summary>Meshes and JSON as asked for, and the drawing.</summary>
    /// <returns>The paths written.</returns>
    public IReadOnlyList<string> Write(string name, RgbImage image, PredictionRecord record, bool withMeshes, bool withOverlay)
    {
        // Computed on first use, and the files below are written side by side.
        foreach (HandMesh hand in record.Hands)
        {
            _ = hand.Normals;
        }

        string overlay = settings.PathOf(name, ".overlay.png");
        Task<Exception?> drawing = withOverlay
            ? Task.Run(() => Try(() => _renderer.Save(overlay, image, record.Hands)))
            : Task.FromResult<Exception?>(null);
        var written = new List<string>();
        foreach ((string format, string path) in withMeshes ? settings.PathsOf(name) : [])
        {
            Exception? problem = Try(() =>
            {
                if (format == "json")
                {
                    HandsJson.Save(path, record);
                }
                else if (format == "glb" && settings.Skeleton && record.Hands.Any(hand => hand.Placement.IsPlaced))
                {
                    var clip = new HandClip();
                    clip.Add(0, record.Hands);
                    clip.Save(path);
                }
                else if (record.Hands.Count > 0)
                {
                    MeshFile.Save(path, record.Hands);
                }
            });
            Note(problem, path);
        }

        Note(drawing.GetAwaiter().GetResult(), withOverlay ? overlay : null);
        return written;

        void Note(Exception? problem, string? path)
        {
            if (problem is not null)
            {
                failed(problem);
            }
            else if (path is not null && File.Exists(path))
            {
                written.Add(path);
            }
        }
    }

    /// <summary>Whether the results of a photo are all there, newer than it, and of this run's options.</summary>
    public bool AreCurrent(string photo, string name, string run)
    {
        DateTime taken = File.GetLastWriteTimeUtc(photo);
        IEnumerable<string> paths = settings.PathsOf(name).Select(file => file.Path);
        return paths.Concat(settings.Overlay == false ? [] : [settings.PathOf(name, ".overlay.png")])
            .All(path => File.Exists(path) && File.GetLastWriteTimeUtc(path) >= taken && (!path.EndsWith(".json", StringComparison.Ordinal) || IsOf(path, run)));
    }

    private static bool IsOf(string path, string run)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.TryGetProperty("run", out JsonElement value) && value.GetString() == run;
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Exception? Try(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return exception;
        }
    }
}
