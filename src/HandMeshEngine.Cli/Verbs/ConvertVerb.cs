using System.Text.Json.Nodes;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Conversion;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh convert</c>: the authors' files into one safetensors file.</summary>
internal static class ConvertVerb
{
    public static Command Create()
    {
        var system = new Argument<string>("system") { Description = "Id of the system, see handmesh systems." };
        var checkpoints = new Argument<string[]>("checkpoint")
        {
            Description = "The authors' files (.pth, .pt, .ckpt, .tar, .tflite, .safetensors).",
            Arity = ArgumentArity.OneOrMore,
        };
        var tables = new Option<string[]>("--tables")
        {
            Description = "Fixed tables that the checkpoint lacks (.pkl, .npy, .obj).",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var output = new OutOption("The file to write.", "FILE", ["--output"]);
        var json = new JsonOption();
        var verb = new Command("convert", "Converts a released checkpoint; nothing in it is executed.") { system, checkpoints, tables, json };
        output.AddTo(verb);
        verb.SetAction(parsed =>
        {
            (string option, string path) = output.Read(parsed);
            OutputPath.RequireFile(option, path);
            ConversionResult result = CheckpointConverter.Convert(
                parsed.GetValue(system)!, parsed.GetValue(checkpoints)!, parsed.GetValue(tables) ?? []);
            foreach (string notice in result.Notices)
            {
                ErrorLine.Write($"note: {notice}");
            }

            SafetensorsFile.Write(path, result.Weights);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonText.Of(new JsonObject
                {
                    ["file"] = path,
                    ["tensors"] = result.Weights.Count,
                    ["metadata"] = new JsonObject(result.Weights.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
                    ["notes"] = new JsonArray([.. result.Notices.Select(notice => JsonValue.Create(notice))]),
                })
                : $"wrote {path} with {result.Weights.Count} tensors");
            return ExitCode.Fine;
        });
        return verb;
    }
}
