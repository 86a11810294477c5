using HandMeshEngine.Export;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>A photo's answer for people.</summary>
internal static class PhotoReport
{
    public static void Write(
        TextWriter writer, string file, RgbImage image, PredictionRecord record, HandResult result, double decodeMs, double writeMs, IReadOnlyList<string> written)
    {
        ProgressLine.Clear();
        writer.WriteLine($"{file}  {image.Width}x{image.Height}  {CameraChoice.Describe(record.Camera)}  {record.System} on {record.Device}");
        HandTable.Write(writer, result);
        string stages = string.Join("  ", result.Stages.ToArray().Select(stage => $"{stage.Name} {Ms(stage.Milliseconds)}"));
        writer.WriteLine($"  ms: decode {Ms(decodeMs)}  {stages}  write {Ms(writeMs)}");
        if (written.Count > 0)
        {
            writer.WriteLine($"  wrote {string.Join(", ", written)}");
        }
    }

    private static string Ms(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
