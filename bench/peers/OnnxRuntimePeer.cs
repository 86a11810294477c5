using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Bench.Peers;

/// <summary>ONNX Runtime in a Node.js process that sleeps while the other engine runs.</summary>
internal sealed class OnnxRuntimePeer : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    /// <param name="peers">The folder of worker.mjs.</param>
    /// <param name="modules">A folder whose node_modules holds onnxruntime-node.</param>
    /// <param name="scratch">For inputs and outputs.</param>
    public OnnxRuntimePeer(string peers, string modules, string scratch)
    {
        _folder = scratch;
        _process = Process.Start(new ProcessStartInfo("node", [Path.Combine(peers, "worker.mjs"), Path.GetFullPath(modules)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        if (_process.StandardOutput.ReadLine() != "ready")
        {
            throw new InvalidOperationException("ONNX Runtime did not start; run npm ci --ignore-scripts in bench/peers");
        }
    }

    public void Load(string model, int threads) => Ask("load", model, Text(threads));

    public void Input(ReadOnlySpan<float> values, ReadOnlySpan<int> extents)
    {
        string file = Path.Combine(_folder, "input.f32");
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(values).ToArray());
        Ask(["input", file, .. extents.ToArray().Select(Text)]);
    }

    /// <summary>Milliseconds of each run.</summary>
    /// <param name="count">How many runs.</param>
    /// <param name="pauseMs">How long to sleep before each.</param>
    public double[] Run(int count, int pauseMs = 0) =>
        [.. Ask("run", Text(count), Text(pauseMs)).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>The outputs of the last run.</summary>
    public IReadOnlyDictionary<string, float[]> Outputs() => Ask("outputs", _folder).Split(' ').ToDictionary(
        name => name, name => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(_folder, name + ".f32"))).ToArray());

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private string Ask(params string[] words)
    {
        _process.StandardInput.WriteLine(string.Join('\t', words));
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("ONNX Runtime's process ended");
        return answer.StartsWith("error", StringComparison.Ordinal) ? throw new InvalidOperationException(answer) : answer;
    }
}
