using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>An application that uses CUDA itself: its context and stream, its frames and results in device memory, and no wait for it.</summary>
public sealed unsafe class DeviceMemoryTests
{
    [Theory]
    [InlineData(PixelFormat.Rgb, false)]
    [InlineData(PixelFormat.Bgra, true)]
    [InlineData(PixelFormat.Nv12, false)]
    public void A_frame_in_device_memory_gives_the_bits_of_the_same_frame_on_the_host(PixelFormat format, bool bottomUp)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(90);
        using CudaContext context = CudaContext.Retain(cuda.Device);
        using CudaStream stream = new(context);
        const int width = 90, height = 62, stride = 400;
        var pixels = new byte[stride * height * 3 / 2];
        new Random(7).NextBytes(pixels);
        using DeviceMemory memory = new(context, pixels.Length);
        stream.Write(memory, 0, pixels);
        OpScene scene = OpCases.Named("warp bilinear zero 1").Make();
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options());
        scene.Run(session);
        int signed = bottomUp ? -stride : stride;
        session.Run(new ImageView(pixels, width, height, signed, format));
        float[] host = session.Output("y").ToArray();
        session.Run(format == PixelFormat.Nv12
            ? ImageView.Nv12InDeviceMemory(memory.Address, stride, memory.Address + (stride * height), stride, width, height)
            : ImageView.InDeviceMemory(memory.Address, width, height, signed, format));
        Assert.Equal(host, session.Output("y").ToArray());
        Assert.Contains(host, value => value != 0);
    }

    [Fact]
    public void A_started_run_is_waited_for_only_when_something_of_it_is_touched()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(90, options: new SimulatorOptions { ShuffleSeed = 5 });
        using CudaContext context = CudaContext.Retain(cuda.Device);
        using CudaStream stream = new(context);
        using var joined = new CudaBackend(cuda.Device.Driver, new CudaBackendOptions { Context = context.Handle, Stream = stream.Handle }, SimulatedCuda.Compiler("12.4"));
        using DeviceMemory target = new(context, 3 * 98 * sizeof(float));
        OpScene scene = OpCases.Named("the tail of a mesh network").Make();
        using Session session = scene.Open(joined, SimulatedCuda.Options());
        scene.Run(session);
        float[] expected = session.Output("y").ToArray();

        long waits = cuda.Simulator.Counters.Synchronizations;
        session.Start(default);
        session.Deliver("y", target.Address, mirrors: true);
        Assert.Equal(waits, cuda.Simulator.Counters.Synchronizations);
        var copy = new float[3 * 98];
        stream.Read(target, 0, MemoryMarshal.AsBytes(copy.AsSpan())); // behind the run, in the caller's stream
        Assert.Equal(expected.Select((value, i) => i % 3 == 0 ? -value : value), copy);
        Assert.Equal(expected, session.Output("y").ToArray());
    }

    [Fact]
    public void Device_memory_on_the_cpu_and_bad_addresses_are_refused_in_words()
    {
        Assert.Contains("address", Assert.Throws<ArgumentException>(() => { _ = ImageView.InDeviceMemory(0, 8, 8, 24, PixelFormat.Rgb); }).Message);
        Assert.Contains("address", Assert.Throws<ArgumentException>(() => { _ = ImageView.InDeviceMemory(4096, 8, 8, 24, PixelFormat.Nv12); }).Message);
        Assert.Contains("stride 23", Assert.Throws<ArgumentException>(() => { _ = ImageView.InDeviceMemory(4096, 8, 8, 23, PixelFormat.Rgb); }).Message);
        Assert.Contains("CUDA device", Assert.Throws<ArgumentException>(() => { _ = ImageView.InDeviceMemory(4096, 8, 8, 24, PixelFormat.Rgb).Pixels; }).Message);
        using var reference = new ReferenceBackend();
        OpScene scene = OpCases.Named("warp bilinear zero 1").Make();
        using Session session = scene.Open(reference);
        Assert.Contains("CUDA device", Assert.Throws<ArgumentException>(() => session.Run(ImageView.InDeviceMemory(4096, 90, 62, 400, PixelFormat.Rgb))).Message);
    }
}
