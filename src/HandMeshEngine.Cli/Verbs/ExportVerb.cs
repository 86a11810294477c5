using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Onnx;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh export</c>: a network as ONNX, to run it elsewhere.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var output = new OutOption("The ONNX file to write.", "FILE", ["--onnx", "--output"]);
        var network = new Option<string?>("--network") { Description = "palm or hand of the default system (hand if left out).", HelpName = "NAME" };
        var verb = new Command("export", "Writes a network with its weights as ONNX (opset 17): input [1, 3, H, W], the system's outputs.");
        output.AddTo(verb);
        verb.Options.Add(network);
        common.AddTo(verb);
        verb.SetAction(parsed =>
        {
            (string option, string path) = output.Read(parsed);
            OutputPath.RequireFile(option, path);
            IReadOnlyList<KeyValuePair<string, OpGraph>> networks = HandNetworks.Build(common.Read(parsed));
            string name = parsed.GetValue(network) ?? networks[^1].Key;
            OpGraph graph = networks.FirstOrDefault(pair => pair.Key == name).Value
                ?? throw new CommandException(ExitCode.BadArguments, $"--network {name} is none of {string.Join(", ", networks.Select(pair => pair.Key))}");
            AtomicFile.Write(path, stream => OnnxExport.Write(graph, stream, name));
            Console.WriteLine($"wrote {path} ({new FileInfo(path).Length / 1048576.0:0.0} MiB)");
            return ExitCode.Fine;
        });
        return verb;
    }
}
