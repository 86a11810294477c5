using System.Text;

namespace HandMeshEngine.Bench.Accuracy;

/// <summary>The rows as a Markdown table, and as a picture.</summary>
internal static class Report
{
    private const int BarHeight = 16;
    private const int Width = 760;

    /// <summary>Counts and errors, millimetres.</summary>
    public static string Table(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("| | Scenes | Found | Elsewhere | Side | Joints, camera: mean, median | of the distance | aligned | Keypoints | Vertices, camera | aligned | Overlap |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (Row row in rows)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Group}: {row.Name} | {row.Scenes} | {row.Found} | {row.Elsewhere} | {row.SideRight} | {Pair(row.Joints, row.JointsMedian)} | {Percent(row.JointsByDistance)} | {Mm(row.JointsAligned, 2)} | {Percent(row.Keypoints)} | {Mm(row.Vertices)} | {Mm(row.VerticesAligned, 2)} | {Share(row.Overlap)} |"));
        }

        return text.ToString();
    }

    /// <summary>Found hands and aligned errors as bars.</summary>
    public static string Picture(IReadOnlyList<Row> rows)
    {
        const int name = 250, found = 200, error = 200, gap = 50;
        int height = 44 + (rows.Count * (BarHeight + 4));
        var svg = new StringBuilder();
        svg.AppendLine(string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">"));
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        Words(svg, name, 20, "found, of those on the side that is right", "start");
        Words(svg, name + found + gap, 20, "joints after alignment, mm", "start");
        double worst = rows.Select(row => row.JointsAligned).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        for (int i = 0; i < rows.Count; i++)
        {
            Row row = rows[i];
            int y = 32 + (i * (BarHeight + 4));
            Words(svg, name - 8, y + 12, $"{row.Group}: {row.Name}", "end");
            Bar(svg, name, y, found, "#e4e4e4");
            Bar(svg, name, y, found * row.Found / (double)Math.Max(row.Scenes, 1), "#8fb8de");
            Bar(svg, name, y, found * row.SideRight / (double)Math.Max(row.Scenes, 1), "#2f6fb0");
            Words(svg, name + found + 6, y + 12, string.Create(CultureInfo.InvariantCulture, $"{100.0 * row.Found / Math.Max(row.Scenes, 1):0}%"), "start");
            if (double.IsFinite(row.JointsAligned))
            {
                Bar(svg, name + found + gap, y, error * row.JointsAligned / worst, "#d08a3e");
                Words(svg, name + found + gap + (error * row.JointsAligned / worst) + 6, y + 12, Mm(row.JointsAligned), "start");
            }
        }

        svg.AppendLine("</svg>");
        return svg.ToString();
    }

    private static void Bar(StringBuilder svg, double x, double y, double width, string colour) => svg.AppendLine(string.Create(
        CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{BarHeight}\" fill=\"{colour}\"/>"));

    private static void Words(StringBuilder svg, double x, double y, string words, string anchor) => svg.AppendLine(string.Create(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"#222222\">{words}</text>"));

    private static string Mm(double metres, int digits = 1) =>
        double.IsFinite(metres) ? (1000 * metres).ToString($"F{digits}", CultureInfo.InvariantCulture) : "";

    private static string Pair(double mean, double median) => double.IsFinite(mean) ? $"{Mm(mean)}, {Mm(median)}" : "";

    private static string Percent(double share) => double.IsFinite(share) ? (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %" : "";

    private static string Share(double share) => double.IsFinite(share) ? share.ToString("F3", CultureInfo.InvariantCulture) : "";
}
