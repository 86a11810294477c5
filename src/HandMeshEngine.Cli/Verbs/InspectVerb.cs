using System.Text.Json;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh inspect</c>: what is in a weights file, and what a plan runs.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Any file that handmesh convert reads: safetensors, .pth, .ckpt, .tar, .tflite, .task, .npy, .npz, .pkl." };
        var stats = new Option<bool>("--stats") { Description = "Smallest, mean and largest value of each tensor, and how many are not finite." };
        var json = new JsonOption();
        var plan = new Option<bool>("--plan") { Description = "Print the compiled plans of a converted file instead: kernels, shapes, buffers." };
        var device = new Option<string>("--device") { Description = "Device of the plans.", DefaultValueFactory = _ => "cpu", HelpName = "NAME" };
        var verb = new Command("inspect", "Lists a weights file's tensors, or the plans compiled from it.") { file, stats, json, plan, device };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            if (parsed.GetValue(plan))
            {
                return PrintPlans(SafetensorsFile.Read(path), path, parsed.GetValue(device)!);
            }

            CheckpointListing listing = CheckpointListing.Read(path);
            if (parsed.GetValue(json))
            {
                PrintJson(listing, parsed.GetValue(stats));
            }
            else
            {
                PrintTensors(listing, parsed.GetValue(stats));
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static void PrintTensors(CheckpointListing listing, bool withStats)
    {
        foreach ((string key, string value) in listing.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Page.Write(Console.Out, $"{key} = {value.ReplaceLineEndings(" ")}");
        }

        string[] titles = ["tensor", "type", "shape", "bytes"];
        var table = new TextTable(withStats ? [.. titles, "least", "mean", "largest", "not finite"] : titles);
        foreach ((string name, Tensor tensor) in listing.Tensors)
        {
            string[] cells = [name, tensor.Type.ToString(), tensor.Shape.ToString(), tensor.Bytes.Length.ToString(CultureInfo.InvariantCulture)];
            table.Add(withStats ? [.. cells, .. Words(TensorStatistics.Of(tensor))] : cells);
        }

        table.WriteTo(Console.Out);
        if (listing.Others.Count > 0)
        {
            Page.Write(Console.Out, $"and {listing.Others.Count} entries that are no tensors: {string.Join(", ", listing.Others)}");
        }
    }

    private static string[] Words(TensorStatistics statistics) =>
    [
        .. new[] { statistics.Least, statistics.Mean, statistics.Largest }.Select(value => value.ToString("0.#####", CultureInfo.InvariantCulture)),
        statistics.NotFinite.ToString(CultureInfo.InvariantCulture),
    ];

    private static void PrintJson(CheckpointListing listing, bool withStats)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("kind", listing.Kind);
            json.WriteStartObject("metadata");
            foreach ((string key, string value) in listing.Metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("tensors");
            foreach ((string name, Tensor tensor) in listing.Tensors)
            {
                WriteTensor(json, name, tensor, withStats);
            }

            json.WriteEndArray();
            json.WriteStartArray("others");
            foreach (string other in listing.Others)
            {
                json.WriteStringValue(other);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Console.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, Tensor tensor, bool withStats)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", tensor.Type.ToString());
        json.WriteStartArray("shape");
        foreach (int extent in tensor.Shape.Extents)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
        json.WriteNumber("bytes", tensor.Bytes.Length);
        if (withStats && TensorStatistics.Of(tensor) is { } statistics)
        {
            json.WriteNumber("least", statistics.Least);
            json.WriteNumber("mean", statistics.Mean);
            json.WriteNumber("largest", statistics.Largest);
            json.WriteNumber("notFinite", statistics.NotFinite);
        }

        json.WriteEndObject();
    }

    private static int PrintPlans(TensorMap weights, string file, string device)
    {
        if (!weights.Metadata.TryGetValue(WeightMetadata.System, out string? system))
        {
            throw new CommandException(ExitCode.BadInput, $"{file}: no 'handmesh.system' in its metadata, so there is no plan to print");
        }

        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { System = system, Weights = file, Device = device });
        foreach ((string name, Compute.Session session) in estimator.Sessions)
        {
            Console.WriteLine($"plan {name} on {estimator.Device}");
            PlanText.Write(Console.Out, session.PlanText.TrimEnd().Split('\n'));
            Console.WriteLine();
        }

        return ExitCode.Fine;
    }
}
