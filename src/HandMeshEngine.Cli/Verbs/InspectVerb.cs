using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh inspect</c>: what is in a weights file, and what a plan runs.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A safetensors file that handmesh convert wrote." };
        var plan = new Option<bool>("--plan") { Description = "Print the compiled plans instead: kernels, shapes, buffers." };
        var device = new Option<string>("--device") { Description = "Device of the plans.", DefaultValueFactory = _ => "cpu", HelpName = "NAME" };
        var verb = new Command("inspect", "Lists a weights file's tensors, or the plans compiled from it.") { file, plan, device };
        verb.SetAction(parsed =>
        {
            TensorMap weights = SafetensorsFile.Read(parsed.GetValue(file)!);
            return parsed.GetValue(plan) ? PrintPlans(weights, parsed.GetValue(file)!, parsed.GetValue(device)!) : PrintTensors(weights);
        });
        return verb;
    }

    private static int PrintTensors(TensorMap weights)
    {
        foreach ((string key, string value) in weights.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Page.Write(Console.Out, $"{key} = {value.ReplaceLineEndings(" ")}");
        }

        var table = new TextTable("tensor", "type", "shape", "bytes");
        foreach ((string name, Tensor tensor) in weights)
        {
            table.Add(name, tensor.Type.ToString(), tensor.Shape.ToString(), tensor.Bytes.Length.ToString(CultureInfo.InvariantCulture));
        }

        table.WriteTo(Console.Out);
        return ExitCode.Fine;
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
