using HandMeshEngine.Cuda.Tests.Compilation;

namespace HandMeshEngine.Cuda.Tests;

/// <summary>From source to result through everything: compiler, module, memory, launch, graph.</summary>
public sealed class EndToEndTests
{
    private const string Add = """
        #include "prelude.cuh"
        KERNEL(128) add(const float* a, const float* b, float* c, int count) {
            const int i = (int)(blockIdx.x * 128u + threadIdx.x);
            if (i < count) c[i] = a[i] + b[i];
        }
        """;

    public static TheoryData<string> Versions => Compilers.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public void Two_vectors_are_added(string nvrtc)
    {
        const int count = 1000;
        using TestDevice test = TestDevice.Open(86);
        using CudaContext context = CudaContext.Retain(test.Device);
        using CudaStream stream = new(context);
        using CudaModule module = Compile(context, nvrtc, Add);
        using DeviceMemory memory = new(context, 3 * 4096);
        float[] values = [.. Enumerable.Range(0, 2 * 1024).Select(i => i * 0.25f)];
        stream.Write(memory, 0, MemoryMarshal.AsBytes(values.AsSpan()));
        KernelArguments arguments = new KernelArguments().Add(memory).Add(memory, 4096).Add(memory, 8192).Add(count);
        module.GetKernel("add").Launch(stream, new LaunchShape(8, 1, 1, 128), arguments);

        float[] sums = new float[count];
        stream.Read(memory, 8192, MemoryMarshal.AsBytes(sums.AsSpan()));
        Assert.Equal(Enumerable.Range(0, count).Select(i => values[i] + values[1024 + i]), sums);
    }

    [Fact]
    public void A_captured_plan_is_replayed_with_new_input()
    {
        using TestDevice test = TestDevice.Open(86);
        using CudaContext context = CudaContext.Retain(test.Device);
        using CudaStream stream = new(context);
        using CudaStream side = new(context);
        using CudaEvent forked = new(context, timing: false);
        using CudaEvent joined = new(context, timing: false);
        using CudaModule module = Compile(context, "12.4", Add);
        using DeviceMemory memory = new(context, 3 * 256);
        using PinnedMemory input = new(context, 512);
        using PinnedMemory output = new(context, 256);
        CudaKernel kernel = module.GetKernel("add");
        KernelArguments arguments = new KernelArguments().Add(memory).Add(memory, 256).Add(memory, 512).Add(64);

        using CudaGraph graph = CudaGraph.Capture(stream, () =>
        {
            forked.Record(stream);
            side.Wait(forked);
            stream.Copy(input, 0, memory, 0, 256);
            side.Copy(input, 256, memory, 256, 256);
            joined.Record(side);
            stream.Wait(joined);
            kernel.Launch(stream, new LaunchShape(1, 1, 1, 128), arguments);
            stream.Copy(memory, 512, output, 0, 256);
        });
        Assert.Equal(4, graph.NodeCount);

        for (int run = 1; run <= 3; run++)
        {
            Span<float> values = MemoryMarshal.Cast<byte, float>(input.Span);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = run * i;
            }

            graph.Launch(stream);
            stream.Synchronize();
            Span<float> sums = MemoryMarshal.Cast<byte, float>(output.Span);
            for (int i = 0; i < sums.Length; i++)
            {
                Assert.Equal(run * (i + 64 + i), sums[i]);
            }
        }

        if (test.Simulator is { } simulator)
        {
            Assert.Equal((3, 3), (simulator.Counters.GraphLaunches, simulator.Counters.Launches));
        }
    }

    [Fact]
    public void Times_between_events_are_taken()
    {
        using TestDevice test = TestDevice.Open(86);
        using CudaContext context = CudaContext.Retain(test.Device);
        using CudaStream stream = new(context);
        using CudaEvent start = new(context, timing: true);
        using CudaEvent end = new(context, timing: true);
        using DeviceMemory memory = new(context, 1 << 20);
        start.Record(stream);
        stream.Fill(memory, 0, memory.Bytes, 1);
        end.Record(stream);
        end.Synchronize();
        Assert.True(end.IsDone);
        Assert.InRange(end.ElapsedUsSince(start), 0, 10e6);
    }

    [Fact]
    public void A_kernel_that_strays_faults_the_context_with_its_place()
    {
        using TestDevice test = TestDevice.OpenSimulator(86);
        using CudaContext context = CudaContext.Retain(test.Device);
        using CudaStream stream = new(context);
        using CudaModule module = Compile(context, "12.4", Add);
        using DeviceMemory memory = new(context, 256);
        stream.Fill(memory, 0, 256, 0);
        KernelArguments arguments = new KernelArguments().Add(memory).Add(memory).Add(memory).Add(65);
        CudaException error = Assert.Throws<CudaException>(() =>
        {
            module.GetKernel("add").Launch(stream, new LaunchShape(1, 1, 1, 128), arguments);
            stream.Synchronize();
        });
        Assert.Equal((CudaErrorKind.Sticky, CudaResult.IllegalAddress), (error.Kind, error.Code));
        Assert.Contains("at test.cu:4", error.Message);
        Assert.Same(error, Assert.Throws<CudaException>(stream.Synchronize).InnerException);
    }

    [Theory]
    [InlineData(CudaResult.OutOfMemory, false)]
    [InlineData(CudaResult.LaunchFailed, true)]
    public void Whichever_call_fails_nothing_leaks(CudaResult failure, bool sticky)
    {
        KernelImage image = Compilers.Open("12.4").Compile(Compilers.Program(Add), KernelTarget.Parse("compute_86"));
        long calls;
        using (TestDevice whole = TestDevice.OpenSimulator(86))
        {
            whole.Simulator!.Faults.Reset();
            UseEverything(whole.Device.Driver, image);
            calls = whole.Simulator.Faults.Calls;
        }

        for (long call = 0; call < calls; call++)
        {
            using TestDevice test = TestDevice.OpenSimulator(86); // its end demands an empty ledger
            test.Simulator!.Faults.FailCall(call, failure, sticky);
            Exception? error = Record.Exception(() => UseEverything(test.Device.Driver, image));
            Assert.True(error is null or CudaException, $"call {call}, {test.Simulator.Faults.StruckCall}: {error}");
            Assert.True(test.Simulator.Faults.HasStruck);
        }
    }

    private static void UseEverything(CudaDriver driver, KernelImage image)
    {
        using CudaContext context = CudaContext.Retain(driver.GetDevice(0));
        using CudaStream stream = new(context);
        using CudaModule module = new(context, image.Bytes);
        using DeviceMemory memory = new(context, 1024);
        using PinnedMemory pinned = new(context, 1024);
        using CudaEvent done = new(context, timing: false);
        CudaKernel kernel = module.GetKernel("add");
        KernelArguments arguments = new KernelArguments().Add(memory).Add(memory).Add(memory).Add(64);
        using CudaGraph graph = CudaGraph.Capture(stream, () =>
        {
            stream.Copy(pinned, 0, memory, 0, 1024);
            kernel.Launch(stream, new LaunchShape(1, 1, 1, 128), arguments);
            stream.Copy(memory, 0, pinned, 0, 1024);
        });
        graph.Launch(stream);
        done.Record(stream);
        done.Synchronize();
    }

    private static CudaModule Compile(CudaContext context, string nvrtc, string source)
    {
        Nvrtc compiler = Compilers.Open(nvrtc);
        KernelTarget target = KernelTarget.Choose(context.Device, compiler, out _);
        return new CudaModule(context, compiler.Compile(Compilers.Program(source), target).Bytes);
    }
}
