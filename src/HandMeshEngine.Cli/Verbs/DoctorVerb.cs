using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh doctor</c>: what is found, what will be used, and why not the rest.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var verb = new Command("doctor", "Says what this machine offers, what will be used, and why not the rest.");
        var json = new JsonOption();
        verb.Options.Add(json);
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonText.Of(Describe()));
                return ExitCode.Fine;
            }

            Page.Write(Console.Out, $"handmesh {typeof(HandEstimator).Assembly.GetName().Version?.ToString(3)} on {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}");
            string? chosen = null;
            foreach (DeviceReport report in Devices.Report())
            {
                chosen ??= report.IsUsable ? report.Name : null;
                Page.Write(Console.Out, $"{report.Name,-6} {(report.IsUsable ? "yes" : "no "),-4} {report.Words}", 12);
            }

            Console.WriteLine($"--device auto uses {chosen}.");
            Page.Write(Console.Out, "NVRTC, the compiler of the CUDA kernels, is looked for in:");
            foreach (string place in Devices.CompilerPlaces())
            {
                Page.Write(Console.Out, $"  {place}{(Path.IsPathRooted(place) ? File.Exists(place) || Directory.Exists(place) ? string.Empty : " (not there)" : " (by the system's loader)")}");
            }

            HandSystem system = HandSystems.Default;
            foreach (string variant in system.Variants)
            {
                Page.Write(
                    Console.Out,
                    $"default weights, {variant}: {system.FindWeights(variant) ?? $"missing, looked in {string.Join(", ", WeightFolders.All)}"}");
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static JsonObject Describe()
    {
        IReadOnlyList<DeviceReport> devices = Devices.Report();
        HandSystem system = HandSystems.Default;
        return new JsonObject
        {
            ["version"] = typeof(HandEstimator).Assembly.GetName().Version?.ToString(3),
            ["os"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["devices"] = new JsonArray([.. devices.Select(device => new JsonObject
            {
                ["name"] = device.Name,
                ["usable"] = device.IsUsable,
                ["words"] = device.Words,
            })]),
            ["auto"] = devices.FirstOrDefault(device => device.IsUsable)?.Name,
            ["compilerPlaces"] = new JsonArray([.. Devices.CompilerPlaces().Select(place => JsonValue.Create(place))]),
            ["defaultWeights"] = new JsonObject(system.Variants.Select(
                variant => KeyValuePair.Create(variant, (JsonNode?)JsonValue.Create(system.FindWeights(variant))))),
        };
    }
}
