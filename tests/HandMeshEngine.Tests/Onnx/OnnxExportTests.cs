using System.Diagnostics;
using HandMeshEngine.Bench.Peers;
using HandMeshEngine.Compute.Onnx;
using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Tests.Onnx;

/// <summary>Exported networks pass ONNX's checker, and ONNX Runtime computes our numbers from them.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("handmesh-onnx");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Theory]
    [InlineData("mediapipe-hand", "full", null)]
    [InlineData("mediapipe-hand", "lite", null)]
    [InlineData("handdgp", null, "random:7")]
    [InlineData("mobrecon", "dsconv", "random:7")]
    [InlineData("mobrecon", "spiralconv", "random:7")]
    [InlineData("graphhand", null, "random:7")]
    [InlineData("handar", null, "random:7")]
    [InlineData("inceptiongraph", "r18", "random:7")]
    [InlineData("pixelaligned", "r18", "random:7")]
    public void Onnx_runtime_computes_our_numbers(string system, string? variant, string? weights)
    {
        using var peer = new OnnxRuntimePeer();
        using Backend backend = Devices.Open("cpu");
        foreach ((string name, OpGraph graph) in HandNetworks.Build(new EstimatorOptions { System = system, Variant = variant, Weights = weights }))
        {
            OpGraph network = NetworkInputs.Cut(graph);
            using Session session = backend.Open(network, SessionOptions.Default);
            var random = new Random(3);
            Span<float> input = session.Input<float>("input");
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = random.NextSingle();
            }

            session.Run();
            peer.Load(Export(graph, name), 2);
            peer.Input(input, network.Nodes[network.Inputs["input"]].Type.Shape.Extents);
            peer.Run(1);
            foreach ((string output, float[] theirs) in peer.Outputs())
            {
                // Rounding decides between equal neighbours at a map's border (docs/systems/graphhand.md 3.8): one pixel.
                float allowed = output == "joints_uv_conf" ? 1 : 1e-4f * theirs.Max(MathF.Abs);
                ReadOnlySpan<float> ours = session.Output(output);
                for (int i = 0; i < theirs.Length; i++)
                {
                    Assert.True(MathF.Abs(ours[i] - theirs[i]) <= allowed, $"{name} {output}[{i}]: {ours[i]}, ONNX Runtime {theirs[i]}");
                }
            }
        }
    }

    [Theory]
    [InlineData("mobrecon", "dsconv")]
    [InlineData("graphhand", null)]
    [InlineData("pixelaligned", "r18")]
    [InlineData("inceptiongraph", "r18")]
    public void The_onnx_checker_accepts_every_op(string system, string? variant)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python) && Python(python, "import onnx").ExitCode == 0, "needs Python with onnx (Debian: python3-onnx)");
        (string name, OpGraph graph) = HandNetworks.Build(new EstimatorOptions { System = system, Variant = variant, Weights = "random:7" })[0];
        (int exitCode, string errors) = Python(python, $"import onnx; onnx.checker.check_model(onnx.load('{Export(graph, name)}'), full_check=True)");
        Assert.True(exitCode == 0, errors);
    }

    private string Export(OpGraph graph, string name)
    {
        string file = Path.Combine(_scratch.FullName, name + ".onnx");
        using FileStream stream = File.Create(file);
        OnnxExport.Write(graph, stream, name);
        return file;
    }

    private static (int ExitCode, string Errors) Python(string python, string code)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, ["-c", code]) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
