using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace GpuKit;

/// <summary>What a device can do at best and what a dependent step costs: the constants of every estimate.</summary>
internal sealed class DeviceProbe : IDisposable
{
    private const int Chain = 200;
    private const int Repeats = 30;

    private const string Source = """
        extern "C" __global__ void __launch_bounds__(32) empty() {}

        // 8 independent chains a thread: 16 flops a round and thread.
        extern "C" __global__ void __launch_bounds__(256) multiply(float* out, int rounds) {
            float a[8];
            for (int i = 0; i < 8; ++i) a[i] = (float)threadIdx.x + (float)i;
            for (int r = 0; r < rounds; ++r)
                for (int i = 0; i < 8; ++i) a[i] = fmaf(a[i], 0.999f, 0.001f);
            float sum = 0;
            for (int i = 0; i < 8; ++i) sum += a[i];
            if (sum == 12345.0f) out[0] = sum;
        }

        // 4 independent chains a warp: 4 * 2 * 16 * 8 * 8 flops a round and warp.
        extern "C" __global__ void __launch_bounds__(256) matrix(float* out, int rounds) {
            float d[4][4] = {};
            unsigned a0 = 0x3c003c00u, a1 = 0x38003800u, b = 0x34003400u;
            for (int r = 0; r < rounds; ++r)
                for (int i = 0; i < 4; ++i)
                    asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5}, {%6}, {%0, %1, %2, %3};"
                                 : "+f"(d[i][0]), "+f"(d[i][1]), "+f"(d[i][2]), "+f"(d[i][3]) : "r"(a0), "r"(a1), "r"(b));
            float sum = 0;
            for (int i = 0; i < 4; ++i) sum += d[i][0] + d[i][3];
            if (sum == 12345.0f) out[0] = sum;
        }
        """;

    private readonly CudaContext _context;
    private readonly CudaStream _stream;
    private readonly CudaEvent _start, _end;
    private readonly CudaModule _module;
    private readonly bool _small;

    private DeviceProbe(CudaDriver driver, bool small)
    {
        _small = small;
        CudaDevice device = driver.GetDevice(0);
        Nvrtc.TryFind(driver, out Nvrtc? nvrtc, out _);
        _context = CudaContext.Retain(device);
        _stream = new CudaStream(_context);
        _start = new CudaEvent(_context, timing: true);
        _end = new CudaEvent(_context, timing: true);
        KernelImage[] images = new KernelCache().Load([new KernelProgram("probe", Source, [], [])], device, nvrtc, null, CancellationToken.None);
        _module = new CudaModule(_context, images[0]);
    }

    /// <summary>Usage: probe OUT.json [--small]. Writes all figures; small sizes are for the simulator, whose times mean nothing.</summary>
    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("usage: kit probe OUT.json [--small]");
            return 2;
        }

        if (!CudaDriver.TryGet(out CudaDriver? driver, out string? reason))
        {
            Console.Error.WriteLine($"kit: {reason}");
            return 4;
        }

        try
        {
            using var probe = new DeviceProbe(driver, args.Contains("--small"));
            string text = probe.Measure().ToJsonString();
            File.WriteAllText(args[0], text);
            Console.WriteLine(text);
            return 0;
        }
        catch (CudaException exception)
        {
            Console.Error.WriteLine($"kit: {exception.Message}");
            return 4;
        }
    }

    public void Dispose()
    {
        _module.Dispose();
        _end.Dispose();
        _start.Dispose();
        _stream.Dispose();
        _context.Dispose();
    }

    private JsonObject Measure()
    {
        CudaDevice device = _context.Device;
        using DeviceMemory sink = new(_context, 256);
        int rounds = _small ? 4 : 20_000, blocks = _small ? 1 : device.MultiprocessorCount * 8;
        double multiplyUs = Best(() => Launch("multiply", sink, rounds, blocks));
        double matrixUs = Best(() => Launch("matrix", sink, rounds, blocks));
        return new JsonObject
        {
            ["device"] = device.ToString(),
            ["driver"] = $"{device.Driver.Version / 1000}.{device.Driver.Version % 1000 / 10}",
            ["multiprocessors"] = device.MultiprocessorCount,
            ["clockMHz"] = device.ClockKHz / 1000,
            ["l2Bytes"] = device.L2Bytes,
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            ["float32TeraFlops"] = 16.0 * 256 * rounds * blocks / multiplyUs / 1e6,
            ["mmaHalfTeraFlops"] = 4.0 * 2 * 16 * 8 * 8 * 8 * rounds * blocks / matrixUs / 1e6,
            ["copyGBs"] = CopyRate(_small ? 1 << 16 : 512L << 20),
            ["copyInL2GBs"] = CopyRate(_small ? 1 << 14 : 8L << 20),
            ["hopInStreamUs"] = Best(EmptyChain) / Chain,
            ["hopInGraphUs"] = HopInGraph(),
            ["graphRoundTripUs"] = GraphRoundTrip(),
            ["upload150kBUs"] = Upload(150_528),
        };
    }

    private void Launch(string kernel, DeviceMemory sink, int rounds, int blocks) =>
        _module.GetKernel(kernel).Launch(_stream, new LaunchShape(blocks, 1, 1, 256), new KernelArguments().Add(sink).Add(rounds));

    private void EmptyChain()
    {
        CudaKernel empty = _module.GetKernel("empty");
        var none = new KernelArguments();
        for (int i = 0; i < Chain; i++)
        {
            empty.Launch(_stream, new LaunchShape(1, 1, 1, 32), none);
        }
    }

    private double CopyRate(long bytes)
    {
        using DeviceMemory from = new(_context, bytes), to = new(_context, bytes);
        _stream.Fill(from, 0, bytes, 0x5a);
        return 2 * bytes / Best(() => _stream.Copy(from, 0, to, 0, bytes)) / 1e3;
    }

    // The difference between a long and a one-node graph, so that the launch itself does not count.
    private double HopInGraph()
    {
        using CudaGraph one = CudaGraph.Capture(_stream, () => _module.GetKernel("empty").Launch(_stream, new LaunchShape(1, 1, 1, 32), new KernelArguments()));
        using CudaGraph many = CudaGraph.Capture(_stream, EmptyChain);
        return (Best(() => many.Launch(_stream)) - Best(() => one.Launch(_stream))) / (Chain - 1);
    }

    private double GraphRoundTrip()
    {
        using CudaGraph one = CudaGraph.Capture(_stream, () => _module.GetKernel("empty").Launch(_stream, new LaunchShape(1, 1, 1, 32), new KernelArguments()));
        return Wall(() => one.Launch(_stream));
    }

    private double Upload(int bytes)
    {
        using PinnedMemory from = new(_context, bytes);
        using DeviceMemory to = new(_context, bytes);
        return Wall(() => _stream.Copy(from, 0, to, 0, bytes));
    }

    // Device time of the fastest of several repeats, microseconds.
    private double Best(Action queue)
    {
        double best = double.MaxValue;
        for (int i = 0; i < (_small ? 2 : Repeats); i++)
        {
            _start.Record(_stream);
            queue();
            _end.Record(_stream);
            _end.Synchronize();
            best = Math.Min(best, _end.ElapsedUsSince(_start));
        }

        return Math.Max(best, 1e-3);
    }

    // Host time until the work is done, median, microseconds.
    private double Wall(Action queue)
    {
        double[] times = new double[_small ? 3 : 1000];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            queue();
            _stream.Synchronize();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[times.Length / 2];
    }
}
