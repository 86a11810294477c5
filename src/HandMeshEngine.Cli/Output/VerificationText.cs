using HandMeshEngine.Verification;

namespace HandMeshEngine.Cli.Output;

/// <summary>A verification report for people: one row a tensor, then what to look at first.</summary>
internal static class VerificationText
{
    public static void Write(TextWriter writer, VerificationReport report)
    {
        Page.Write(writer, $"{report.Case} ({report.System}) on {report.Device}");
        var table = new TextTable("stage/tensor", "from", "verdict", "max error", "at", "is", "should be", "nmse", "cosine", "not finite", "tolerance", "needs")
        {
            Optional = ["not finite", "cosine", "nmse", "from", "needs", "at"],
        };
        foreach (TensorComparison tensor in report.Tensors)
        {
            table.Add(
                $"{tensor.Stage}/{tensor.Name}",
                tensor.Route,
                tensor.Passed ? "ok" : "FAIL",
                Short(tensor.MaxError),
                $"[{string.Join(",", tensor.Where)}]",
                tensor.Actual.ToString("g6", CultureInfo.InvariantCulture),
                tensor.Expected.ToString("g6", CultureInfo.InvariantCulture),
                Short(tensor.Nmse),
                tensor.Cosine.ToString("0.0000000", CultureInfo.InvariantCulture),
                tensor.NonFinite.ToString(CultureInfo.InvariantCulture),
                Short(tensor.Tolerance),
                Short(tensor.NeededTolerance));
        }

        table.WriteTo(writer);
        if (report.FirstDiverging is { } first)
        {
            Page.Write(writer, string.Create(
                CultureInfo.InvariantCulture,
                $"first diverging stage: {first.Stage} ({first.Name}, {Words(first.Route)}); it would have passed with a tolerance of {first.NeededTolerance:g3}, which is {first.PercentOfTolerance / 100:g3} times the one it has"));
        }

        int failed = report.Tensors.Count(tensor => !tensor.Passed);
        writer.WriteLine(report.Tensors.Count == 0 ? "nothing was compared"
            : failed > 0 ? $"{failed} of {report.Tensors.Count} comparisons failed"
            : $"all {report.Tensors.Count} comparisons passed");
    }

    private static string Short(double value) => value.ToString("g3", CultureInfo.InvariantCulture);

    private static string Words(string route) => route switch
    {
        "stage" => "from the stored tensors before it",
        "chain" => "from the image",
        _ => "outside the network",
    };
}
