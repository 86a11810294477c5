using BenchmarkDotNet.Attributes;
using HandMeshEngine.Cases.Ops;
using HandMeshEngine.Compute;

namespace HandMeshEngine.Benchmarks;

/// <summary>One layer in a closed loop on the processor. The allocation column must be empty.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class LayerBenchmarks
{
    private Backend? _backend;
    private Session? _session;

    /// <summary>What runs.</summary>
    [ParamsSource(nameof(Names))]
    public string Layer { get; set; } = string.Empty;

    /// <summary>Threads of the backend.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>All layers.</summary>
    public static IEnumerable<string> Names => Layers.All.Select(layer => layer.Name);

    /// <summary>Compiles the layer.</summary>
    [GlobalSetup]
    public void Open()
    {
        OpCase layer = Layers.All.First(item => item.Name == Layer);
        _backend = Devices.Open("cpu", Threads);
        _session = layer.Make().Open(_backend);
    }

    /// <summary>Releases the threads.</summary>
    [GlobalCleanup]
    public void Close()
    {
        _session!.Dispose();
        _backend!.Dispose();
    }

    /// <summary>One run.</summary>
    [Benchmark]
    public void Run() => _session!.Run();
}
