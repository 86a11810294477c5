namespace HandMeshEngine.Evaluation.Report;

/// <summary>PCK curves as an SVG picture: share of points within a distance.</summary>
public static class PckChart
{
    private const int Width = 720, Height = 440;
    private const int Left = 64, Top = 28, Right = 24, Bottom = 56;

    // Distinct for the colour-blind as well (Okabe and Ito).
    private static readonly string[] _colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"];

    /// <summary>Draws the curves of one convention.</summary>
    /// <param name="metrics">The kinds of error to draw.</param>
    /// <param name="thresholds">Which curve of each.</param>
    /// <exception cref="ArgumentException">A metric has no such curve.</exception>
    public static string Draw(IReadOnlyList<EvaluationMetric> metrics, PckThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(thresholds);
        double first = thresholds.Values[0] * 1000, last = thresholds.Values[^1] * 1000;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        Grid(svg, first, last);
        for (int i = 0; i < metrics.Count; i++)
        {
            PckCurve curve = metrics[i].Curves.FirstOrDefault(c => c.Thresholds == thresholds)
                ?? throw new ArgumentException($"{metrics[i].Name} has no curve {thresholds.Name}");
            string colour = _colours[i % _colours.Length];
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"");
            for (int k = 0; k < curve.Shares.Length; k++)
            {
                svg.Append(CultureInfo.InvariantCulture, $"{X(thresholds.Values[k] * 1000, first, last):0.0},{Y(curve.Shares[k]):0.0} ");
            }

            svg.Append("\"/>\n");
            int y = Height - Bottom - 12 - (18 * (metrics.Count - 1 - i));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Width - 292}\" x2=\"{Width - 268}\" y1=\"{y - 4}\" y2=\"{y - 4}\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - 260}\" y=\"{y}\">{metrics[i].Title} (area {curve.Auc:0.000})</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Grid(StringBuilder svg, double first, double last)
    {
        for (int i = 0; i <= 5; i++)
        {
            double share = i / 5.0, distance = first + ((last - first) * i / 5);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(share):0.0}\" y2=\"{Y(share):0.0}\" stroke=\"#ddd\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{Y(share) + 4:0.0}\" text-anchor=\"end\">{share:0.0}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(distance, first, last):0.0}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{distance:0.#}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">distance, mm</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"18\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 18 {(Top + Height - Bottom) / 2})\">share of points within it</text>\n");
    }

    private static double X(double distance, double first, double last) => Left + ((Width - Left - Right) * (distance - first) / (last - first));

    private static double Y(double share) => Top + ((Height - Top - Bottom) * (1 - share));
}
