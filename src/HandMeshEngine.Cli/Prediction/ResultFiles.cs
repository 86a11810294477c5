using HandMeshEngine.Export;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>Writes the files of one image's hands.</summary>
internal sealed class ResultFiles(OutputSettings settings)
{
    private readonly OverlayRenderer _renderer = new();

    /// <summary>Meshes, JSON and picture; returns the paths.</summary>
    public IReadOnlyList<string> Write(string name, RgbImage image, PredictionRecord record)
    {
        // Computed on first use, and the files below are written side by side.
        foreach (HandMesh hand in record.Hands)
        {
            _ = hand.Normals;
        }

        string overlay = settings.PathOf(name, ".overlay.png");
        Task drawing = settings.Overlay ? Task.Run(() => WriteOverlay(overlay, image, record.Hands)) : Task.CompletedTask;
        var written = new List<string>();
        try
        {
            foreach (string format in settings.Formats)
            {
                string path = settings.PathOf(name, format == "json" ? ".hands.json" : "." + format);
                if (format == "json")
                {
                    HandsJson.Save(path, record);
                }
                else
                {
                    MeshFile.Save(path, record.Hands);
                }

                written.Add(path);
            }
        }
        finally
        {
            drawing.GetAwaiter().GetResult();
        }

        return settings.Overlay ? [.. written, overlay] : written;
    }

    /// <summary>Only the picture.</summary>
    public void WriteOverlay(string path, RgbImage image, IReadOnlyList<HandMesh> hands) => _renderer.Save(path, image, hands);
}
