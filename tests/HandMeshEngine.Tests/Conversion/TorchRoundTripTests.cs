using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Conversion;
using HandMeshEngine.Tests.Export;
using HandMeshEngine.Tests.Systems;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Tests.Conversion;

/// <summary>Whole checkpoints that PyTorch wrote, as each system's authors saved theirs, converted and held against the parity case.</summary>
public sealed class TorchRoundTripTests
{
    private const string Python = "/usr/bin/python3";

    [Theory]
    [InlineData("handdgp", "handdgp/dev-0", "zip")]
    [InlineData("mobrecon", "handdgp/mobrecon-dsconv-dev-0", "legacy")]
    [InlineData("mobrecon", "handdgp/mobrecon-spiralconv-dev-0", "zip")]
    [InlineData("graphhand", "graphhand/dev-0", "legacy")]
    [InlineData("handar", "handar/dev-0", "zip")]
    [InlineData("inceptiongraph", "inceptiongraph/dev-0", "legacy")]
    [InlineData("pixelaligned", "pixelaligned/dev-0", "zip")]
    public void A_checkpoint_written_by_torch_converts_to_weights_that_pass_the_case(string system, string name, string container)
    {
        Assert.SkipWhen(ExternalTool.Run(Python, "-c", "import torch, scipy").ExitCode != 0, "python3 has no torch or scipy here");
        using var files = new TableFixtures();
        ReferenceCase reference = ReferenceCase.Read(InParity(name));
        (string[] checkpoints, string[] tables) = SaveWithTorch(system, container, reference, files);

        ConversionResult converted = CheckpointConverter.Convert(system, checkpoints, tables);
        string path = files.PathOf("converted.safetensors");
        SafetensorsFile.Write(path, converted.Weights);
        using Backend cpu = Devices.Open("cpu");
        VerificationReport report = Verifier.Run(reference, cpu, weights: SafetensorsFile.Read(path));

        Assert.True(report.Passed, report.FirstDiverging?.ToString());
        Assert.Contains(report.Tensors, tensor => tensor.Route == "chain");
        Assert.DoesNotContain(converted.Notices, notice => notice.Contains("not part of the system", StringComparison.Ordinal));
    }

    // What the authors' file does not hold goes beside it, as a ready table or in the authors' own format.
    private static (string[] Checkpoints, string[] Tables) SaveWithTorch(string system, string container, ReferenceCase reference, TableFixtures files)
    {
        TensorMap weights = Verifier.StandInWeights(reference), saved = new("saved"), tables = new("tables");
        string variant = HandSystems.Find(system).Variants.First(candidate => Named.Manifest(system, candidate).Entries
            .Where(entry => !entry.IsAdded && !entry.IsOptional).All(entry => weights.Contains(entry.Name)));
        HashSet<string> added = [.. Named.Manifest(system, variant).Entries.Where(entry => entry.IsAdded).Select(entry => entry.Name)];
        foreach ((string name, Tensor tensor) in weights)
        {
            (added.Contains(name) ? tables : saved).Add(name, tensor);
        }

        SafetensorsFile.Write(files.PathOf("saved.safetensors"), saved);
        SafetensorsFile.Write(files.PathOf("tables.safetensors"), tables);
        string[] published = system == "handdgp" ? [InParity("handdgp/tables-dev-0")] : [];
        (int exitCode, string output) = ExternalTool.Run(
            Python,
            [
                Path.Combine(Repository.Root, "tests", "corpora", "checkpoints", "save_as_authors.py"),
                system, container, files.PathOf("saved.safetensors"), files.PathOf(string.Empty), .. published,
            ]);
        Assert.True(exitCode == 0, output);
        string[] checkpoints = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (checkpoints, published.Length > 0 ? [files.PathOf("transform.pkl")] : tables.Count > 0 ? [files.PathOf("tables.safetensors")] : []);
    }

    private static string InParity(string name) => Path.Combine(Repository.Root, "tests", "parity", name + ".safetensors");
}
