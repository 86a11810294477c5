using System.Numerics;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Backends.Cuda;
using PtxSimulator.Driver;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>The default system as a user opens it, on the simulated device.</summary>
[Collection("the machine's driver")]
public sealed class CudaPhotoTests
{
    [Fact]
    public void A_photo_gives_the_joints_of_the_cpu_with_one_graph_launch_a_pass()
    {
        TensorMap stored = SafetensorsFile.Read(
            CaseFolders.Files("mediapipe-hand").First(path => Path.GetFileNameWithoutExtension(path) == "pointing"));
        Tensor pixels = stored["image"];
        int height = pixels.Shape[0], width = pixels.Shape[1];
        ImageView Image() => new(pixels.Bytes, width, height, width * 3, PixelFormat.Rgb);
        Camera camera = Camera.Guess(width, height);

        using HandEstimator cpu = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandResult expected = cpu.Predict(Image(), camera);
        Assert.Single(expected);

        // No other test of this project asks for the machine's own driver or compiler.
        SimulatedCuda.Compiler("12.4");
        Environment.SetEnvironmentVariable("HANDMESH_NVRTC", Path.Combine(SimulatedCuda.Root, ".cache", "nvrtc", "12.4"));
        using Simulator simulator = new(new SimulatorOptions { Sm = 86 });
        CudaDriver.Use(simulator.Table, loadsPtx: true);
        using (CudaContext context = CudaContext.Retain(CudaDriver.Get().GetDevice(0)))
        using (CudaStream stream = new(context))
        using (DeviceMemory frame = new(context, pixels.Bytes.Length))
        using (HandEstimator cuda = HandEstimator.Open(
            new EstimatorOptions { Cuda = new CudaBackendOptions { Context = context.Handle, Stream = stream.Handle } }))
        {
            Assert.Equal("cuda", cuda.Device);
            HandResult result = cuda.CreateResult();
            cuda.Predict(Image(), camera, result);
            DriverCounters before = simulator.Counters.Snapshot();
            long calls = simulator.Faults.Calls;
            cuda.Predict(Image(), camera, result);
            DriverCounters after = simulator.Counters.Snapshot();

            // Current context, push, launch, wait, pop, for each of three passes.
            Assert.Equal(3 * 5, simulator.Faults.Calls - calls);

            Assert.Single(result);
            for (int i = 0; i < HandMesh.JointCount; i++)
            {
                float distance = Vector3.Distance(result[0].Joints[i], expected[0].Joints[i]);
                Assert.True(distance <= 1e-3f, $"joint {i} is {distance * 1000} mm from the CPU's");
            }

            // The palm network once, the landmark network twice (two passes on a still).
            Assert.Equal(3, after.GraphLaunches - before.GraphLaunches);
            Assert.Equal(3, after.Synchronizations - before.Synchronizations);
            Assert.Equal(
                (before.Allocations, before.HostAllocations, before.ModuleLoads), (after.Allocations, after.HostAllocations, after.ModuleLoads));

            // The same frame in the memory of the device, in the caller's context and stream.
            Vector3[] vertices = result[0].Vertices.ToArray();
            stream.Write(frame, 0, pixels.Bytes);
            cuda.Predict(ImageView.InDeviceMemory(frame.Address, width, height, width * 3, PixelFormat.Rgb), camera, result);
            Assert.Equal(vertices, result[0].Vertices.ToArray());
            Assert.Contains("on the host", Assert.Throws<ArgumentException>(
                () => cuda.Predict(Image(), camera, result, new PredictOptions { DeviceVertices = frame.Address })).Message);

            // Another estimator brings its activations, and nothing else.
            long modules = simulator.Counters.ModuleLoads, bytes = simulator.Ledger.DeviceBytes - frame.Bytes;
            using HandEstimator another = HandEstimator.Open(new EstimatorOptions { Device = "cuda" });
            Assert.Equal(modules, simulator.Counters.ModuleLoads);
            Assert.Equal(bytes - another.Sessions.Sum(network => Constants(network.Value)), simulator.Ledger.DeviceBytes - frame.Bytes - bytes);
            Assert.Equal(vertices, another.Predict(Image(), camera)[0].Vertices);
        }

        Assert.True(simulator.Ledger.IsEmpty, $"left on the device: {simulator.Ledger}");
    }

    private static long Constants(Session session) =>
        long.Parse(session.PlanText.Split("constants ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
