using System.Text.Json;

namespace HandMeshEngine.Tests.Evaluation;

/// <summary>The numeric examples of tests/parity/evaluation, made with numpy and checked against the data sets' own scripts.</summary>
internal static class StoredCases
{
    // The examples' own tolerance.
    public const double Relative = 1e-9;

    public static JsonElement Read(string name)
    {
        string path = Path.Combine(CaseFolders.Repository!, "tests", "parity", "evaluation", name + ".json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    public static Vector3d[] Points(this JsonElement points) =>
        [.. points.EnumerateArray().Select(p => new Vector3d(p[0].GetDouble(), p[1].GetDouble(), p[2].GetDouble()))];

    public static Vector3d[][] Images(this JsonElement images) => [.. images.EnumerateArray().Select(Points)];

    public static double[] Numbers(this JsonElement numbers) => [.. numbers.EnumerateArray().Select(n => n.GetDouble())];

    public static void AssertClose(double expected, double actual) =>
        Assert.InRange(actual, expected - (Math.Abs(expected) * Relative) - 1e-12, expected + (Math.Abs(expected) * Relative) + 1e-12);
}
