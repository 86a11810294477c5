using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace HandMeshEngine.Bench.Peers;

/// <summary>ONNX Runtime's CPU provider in this process, with all its optimisations. Its threads sleep soon after a run.</summary>
internal sealed class OnnxRuntimePeer : IDisposable
{
    private readonly RunOptions _runOptions = new();
    private InferenceSession? _session;
    private OrtValue? _input;
    private IDisposableReadOnlyCollection<OrtValue>? _outputs;

    /// <summary>The version of the native library that runs.</summary>
    public static string Version => OrtEnv.Instance().GetVersionString();

    public void Load(string model, int threads)
    {
        Unload();
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(model, options);
    }

    public void Input(ReadOnlySpan<float> values, ReadOnlySpan<int> extents)
    {
        _input?.Dispose();
        _input = OrtValue.CreateTensorValueFromMemory(values.ToArray(), [.. extents.ToArray().Select(extent => (long)extent)]);
    }

    /// <summary>Milliseconds of each run.</summary>
    /// <param name="count">How many runs.</param>
    /// <param name="pauseMs">How long to sleep before each.</param>
    public double[] Run(int count, int pauseMs = 0)
    {
        var times = new double[count];
        IReadOnlyCollection<string> inputs = _session!.InputNames, outputs = _session.OutputNames;
        OrtValue[] values = [_input!];
        for (int i = 0; i < count; i++)
        {
            if (pauseMs > 0)
            {
                Thread.Sleep(pauseMs);
            }

            _outputs?.Dispose();
            long start = Stopwatch.GetTimestamp();
            _outputs = _session.Run(_runOptions, inputs, values, outputs);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }

    /// <summary>The outputs of the last run.</summary>
    public IReadOnlyDictionary<string, float[]> Outputs() =>
        _session!.OutputNames.Zip(_outputs!).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());

    public void Dispose()
    {
        Unload();
        _runOptions.Dispose();
    }

    private void Unload()
    {
        _outputs?.Dispose();
        _input?.Dispose();
        _session?.Dispose();
        (_outputs, _input, _session) = (null, null, null);
    }
}
