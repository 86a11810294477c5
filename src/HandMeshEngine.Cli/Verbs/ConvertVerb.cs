using System.CommandLine;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Cli.Output;
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
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var verb = new Command("convert", "Converts a released checkpoint; nothing in it is executed.") { system, checkpoints, tables, output };
        verb.SetAction(parsed =>
        {
            OutputPath.RequireFile("--output", parsed.GetValue(output));
            ConversionResult result = CheckpointConverter.Convert(
                parsed.GetValue(system)!, parsed.GetValue(checkpoints)!, parsed.GetValue(tables) ?? []);
            foreach (string notice in result.Notices)
            {
                ErrorLine.Write($"note: {notice}");
            }

            SafetensorsFile.Write(parsed.GetValue(output)!, result.Weights);
            Console.WriteLine($"wrote {parsed.GetValue(output)} with {result.Weights.Count} tensors");
            return ExitCode.Fine;
        });
        return verb;
    }
}
