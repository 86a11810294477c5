using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HandMeshEngine.Bench.Reliability;

/// <summary>Goals that the tests already try: some of their classes, run in a process of their own, perhaps with more cases.</summary>
internal static partial class TestRun
{
    /// <summary>Runs classes of a test program.</summary>
    /// <param name="program">Name of the test project.</param>
    /// <param name="classes">Names of classes, with wild cards.</param>
    /// <param name="fuzzCases">Damaged files for each fuzzing test; null for the tests' own number.</param>
    /// <param name="budget">Whose seed is used.</param>
    public static (int Passed, int Failed, int Skipped) Of(string program, string[] classes, int? fuzzCases, Budget budget)
    {
        string tests = Path.Combine(Scene.Repository, "tests", program, "bin", "Release", "net10.0", program + ".dll");
        if (!File.Exists(tests))
        {
            throw new FileNotFoundException($"{tests} is not there; build the solution first: dotnet build HandMeshEngine.sln -c Release");
        }

        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(tests);
        start.ArgumentList.Add("-noColor");
        foreach (string name in classes)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(name);
        }

        start.Environment["HANDMESH_FUZZ_SEED"] = budget.Seed.ToString(CultureInfo.InvariantCulture);
        if (fuzzCases is int cases)
        {
            start.Environment["HANDMESH_FUZZ_CASES"] = cases.ToString(CultureInfo.InvariantCulture);
        }

        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Match match = Summary().Match(output);
        if (!match.Success)
        {
            throw new InvalidOperationException($"{program} ended without a summary:\n{output}");
        }

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        int failed = Number("errors") + Number("failed");
        if (failed > 0)
        {
            Console.Error.WriteLine(output);
        }

        return (Number("total") - failed - Number("skipped"), failed, Number("skipped"));
    }

    /// <summary>The outcome of such classes.</summary>
    public static Outcome Outcome(string program, string[] classes, string what, Budget budget, int? fuzzCases = null)
    {
        (int passed, int failed, int skipped) = Of(program, classes, fuzzCases, budget);
        string counts = $"{passed + failed} {what}" + (failed > 0 ? $", {failed} failed" : "") + (skipped > 0 ? $", {skipped} skipped" : "");
        return new Outcome(passed + failed > 0 ? failed == 0 : null, counts);
    }

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)")]
    private static partial Regex Summary();
}
