using System.Net;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>The stages of a prediction as a bar chart, SVG.</summary>
internal static class StageChart
{
    private const int Top = 58, Row = 26;
    private const int Names = 200, Bars = 480, Values = 110;

    /// <summary>The picture as text.</summary>
    public static string Draw(BenchReport report)
    {
        IReadOnlyList<(string Stage, double Microseconds)> stages = report.Profile.Stages;
        double largest = Math.Max(stages.Max(stage => stage.Microseconds), 1e-9);
        int width = Names + Bars + Values, height = Top + (Row * stages.Count) + 14;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
        Text(svg, 12, 22, "start", "#111111", $"{report.System}: stages, ms (p50 end to end {report.Times[0].Times.Percentile(50).ToString("0.000", CultureInfo.InvariantCulture)} ms)");
        Text(svg, 12, 42, "start", "#666666", $"{report.Machine.Device}; {report.Machine.Processor}; load {report.Machine.LoadBefore}; {report.Machine.Date} UTC");
        for (int i = 0; i < stages.Count; i++)
        {
            (string stage, double microseconds) = stages[i];
            int y = Top + (i * Row);
            double length = Bars * microseconds / largest;
            Text(svg, Names - 10, y + 16, "end", "#111111", stage);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Names}\" y=\"{y + 3}\" width=\"{length:0.0}\" height=\"{Row - 8}\" rx=\"2\" fill=\"{(stage == "host" ? "#9a9a9a" : "#2f6fb7")}\"/>\n");
            double share = microseconds / 10 / report.Profile.Milliseconds;
            Text(svg, Names + length + 6, y + 16, "start", "#111111", string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:0.000}  ({share:0} %)"));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string colour, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{WebUtility.HtmlEncode(text)}</text>\n");
}
