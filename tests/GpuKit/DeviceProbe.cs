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

        // 8 independent chains a warp: 8 * 2 * 16 * 8 * 16 flops a round and warp.
        extern "C" __global__ void __launch_bounds__(256) matrix(float* out, int rounds) {
            float d[8][4] = {};
            unsigned a0 = 0x3c003c00u, a1 = 0x38003800u, b0 = 0x34003400u, b1 = 0x30003000u;
            for (int r = 0; r < rounds; ++r)
                for (int i = 0; i < 8; ++i) {
        #if __CUDA_ARCH__ >= 800
                    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %4, %5}, {%6, %7}, {%0, %1, %2, %3};"
                                 : "+f"(d[i][0]), "+f"(d[i][1]), "+f"(d[i][2]), "+f"(d[i][3]) : "r"(a0), "r"(a1), "r"(b0), "r"(b1));
        #else
                    asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5}, {%6}, {%0, %1, %2, %3};"
                                 : "+f"(d[i][0]), "+f"(d[i][1]), "+f"(d[i][2]), "+f"(d[i][3]) : "r"(a0), "r"(a1), "r"(b0));
                    asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5}, {%6}, {%0, %1, %2, %3};"
                                 : "+f"(d[i][0]), "+f"(d[i][1]), "+f"(d[i][2]), "+f"(d[i][3]) : "r"(a0), "r"(a1), "r"(b1));
        #endif
                }
            float sum = 0;
            for (int i = 0; i < 8; ++i) sum += d[i][0] + d[i][3];
            if (sum == 12345.0f) out[0] = sum;
        }

        // A dependent step as the engine's kernels are: wait for the predecessor, let the successor begin, read what the predecessor
        // wrote, write for the successor.
        extern "C" __global__ void __launch_bounds__(128) hop(const float* in, float* out) {
        #if __CUDA_ARCH__ >= 900
            asm volatile("griddepcontrol.wait;" ::: "memory");
            asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
        #endif
            const int i = (int)(blockIdx.x * 128 + threadIdx.x);
            out[i] = in[i] + 1.0f;
        }

        // A crop of 224 x 224 from RGB bytes, a thread a pixel, four taps of three bytes: what the first kernel of a plan reads.
        extern "C" __global__ void __launch_bounds__(128) gather(const unsigned char* pixels, float* out, int stride, int step) {
            const int i = (int)(blockIdx.x * 128 + threadIdx.x), row = i / 224, column = i - row * 224;
            float sum = 0;
            for (int tap = 0; tap < 4; ++tap)
                for (int c = 0; c < 3; ++c) sum += (float)pixels[(long long)(row * step + (tap >> 1)) * stride + (column * step + (tap & 1)) * 3 + c];
            out[i] = sum;
        }

        // Raises a flag in memory of the host.
        extern "C" __global__ void __launch_bounds__(32) raise(volatile int* flag, int value) {
            if (threadIdx.x == 0) *flag = value;
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
            ["mmaHalfTeraFlops"] = 8.0 * 2 * 16 * 8 * 16 * 8 * rounds * blocks / matrixUs / 1e6,
            ["copyGBs"] = CopyRate(_small ? 1 << 16 : 512L << 20),
            ["copyInL2GBs"] = CopyRate(_small ? 1 << 14 : 8L << 20),
            ["hostLaunchUs"] = Best(EmptyChain) / Chain,
            ["hopInGraphUs"] = HopInGraph(EmptyChain),
            ["hopUs"] = HopOf(1, overlaps: false),
            ["hopOverlappingUs"] = HopOf(1, overlaps: true),
            ["hopOf64BlocksUs"] = HopOf(64, overlaps: false),
            ["hopOf64BlocksOverlappingUs"] = HopOf(64, overlaps: true),
            ["eventUs"] = EventCost(),
            ["wakeByStreamUs"] = Wake(WakeWay.Stream),
            ["wakeByBlockingEventUs"] = Wake(WakeWay.BlockingEvent),
            ["wakeByPolledEventUs"] = Wake(WakeWay.PolledEvent),
            ["wakeByMappedFlagUs"] = Wake(WakeWay.MappedFlag),
            ["crop640MappedUs"] = Crop(640, 480, copies: false),
            ["crop640CopiedUs"] = Crop(640, 480, copies: true),
            ["crop1920MappedUs"] = Crop(1920, 1080, copies: false),
            ["crop1920CopiedUs"] = Crop(1920, 1080, copies: true),
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

    // The difference between a long and a short graph, so that the launch itself does not count.
    private double HopInGraph(Action chain)
    {
        using CudaGraph few = CudaGraph.Capture(_stream, () => _module.GetKernel("empty").Launch(_stream, new LaunchShape(1, 1, 1, 32), new KernelArguments()));
        using CudaGraph many = CudaGraph.Capture(_stream, chain);
        return (Best(() => many.Launch(_stream)) - Best(() => few.Launch(_stream))) / (Chain - 1);
    }

    // A chain of kernels that each read what the one before wrote.
    private double HopOf(int blocks, bool overlaps)
    {
        using DeviceMemory a = new(_context, blocks * 128 * sizeof(float)), b = new(_context, blocks * 128 * sizeof(float));
        CudaKernel hop = _module.GetKernel("hop");
        void Queue(int count)
        {
            for (int i = 0; i < count; i++)
            {
                hop.Launch(
                    _stream, new LaunchShape(blocks, 1, 1, 128), new KernelArguments().Add(i % 2 == 0 ? a : b).Add(i % 2 == 0 ? b : a),
                    overlaps && i > 0 ? LaunchOptions.OverlapPredecessor : LaunchOptions.None);
            }
        }

        _stream.Fill(a, 0, a.Bytes, 0);
        _stream.Fill(b, 0, b.Bytes, 0);
        using CudaGraph one = CudaGraph.Capture(_stream, () => Queue(1));
        using CudaGraph many = CudaGraph.Capture(_stream, () => Queue(Chain));
        return (Best(() => many.Launch(_stream)) - Best(() => one.Launch(_stream))) / (Chain - 1);
    }

    // Between two events of a graph with nothing between them: what a profile subtracts.
    private double EventCost()
    {
        using CudaGraph graph = CudaGraph.Capture(_stream, () =>
        {
            _start.RecordInGraph(_stream);
            _end.RecordInGraph(_stream);
        });
        double best = double.MaxValue;
        for (int i = 0; i < (_small ? 2 : Repeats); i++)
        {
            graph.LaunchAndWait(_stream);
            best = Math.Min(best, _end.ElapsedUsSince(_start));
        }

        return best;
    }

    private enum WakeWay
    {
        Stream,
        BlockingEvent,
        PolledEvent,
        MappedFlag,
    }

    // From the launch of a graph of one small kernel until the host knows that it has ended; the ways differ only in how it learns.
    private double Wake(WakeWay way)
    {
        using PinnedMemory flag = new(_context, sizeof(int));
        using CudaEvent done = new(_context, timing: false, blocks: way == WakeWay.BlockingEvent);
        int value = 0;
        return Wall(() =>
        {
            value++;
            _module.GetKernel("raise").Launch(_stream, new LaunchShape(1, 1, 1, 32), new KernelArguments().Add(flag.DeviceAddress).Add(value));
            if (way == WakeWay.MappedFlag)
            {
                Span<int> raised = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(flag.Span);
                long start = Stopwatch.GetTimestamp();
                while (Volatile.Read(ref raised[0]) != value && Stopwatch.GetElapsedTime(start).TotalSeconds < 1)
                {
                }

                return;
            }

            if (way != WakeWay.Stream)
            {
                done.Record(_stream);
            }

            if (way == WakeWay.PolledEvent)
            {
                while (!done.IsDone)
                {
                }
            }
            else if (way == WakeWay.BlockingEvent)
            {
                done.Synchronize();
            }
            else
            {
                _stream.Synchronize();
            }
        });
    }

    // The first kernel's reads of a frame in page-locked memory: through the bus one by one, or after a copy of the rows.
    private double Crop(int width, int height, bool copies)
    {
        if (_small)
        {
            (width, height) = (676, 450);
        }

        int step = Math.Max(1, Math.Min(height, width) / 225), rows = (224 * step) + 2;
        long bytes = (long)rows * width * 3;
        using PinnedMemory frame = new(_context, bytes);
        using DeviceMemory device = new(_context, bytes), to = new(_context, 224 * 224 * sizeof(float));
        frame.Span.Fill(1);
        using CudaGraph graph = CudaGraph.Capture(_stream, () =>
        {
            if (copies)
            {
                _stream.Copy(frame, 0, device, 0, bytes);
            }

            _module.GetKernel("gather").Launch(
                _stream, new LaunchShape(224 * 224 / 128, 1, 1, 128),
                new KernelArguments().Add(copies ? device.Address : frame.DeviceAddress).Add(to).Add(3 * width).Add(step));
        });
        return Best(() => graph.Launch(_stream));
    }

    private double Upload(int bytes)
    {
        using PinnedMemory from = new(_context, bytes);
        using DeviceMemory to = new(_context, bytes);
        return Wall(() =>
        {
            _stream.Copy(from, 0, to, 0, bytes);
            _stream.Synchronize();
        });
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

    // Host time of work that waits for its end, median, microseconds.
    private double Wall(Action run)
    {
        double[] times = new double[_small ? 3 : 1000];
        for (int i = 0; i < times.Length; i++)
        {
            _stream.Synchronize();
            long start = Stopwatch.GetTimestamp();
            run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[times.Length / 2];
    }
}
