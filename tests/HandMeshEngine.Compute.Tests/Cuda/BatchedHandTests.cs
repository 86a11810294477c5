using System.Numerics;
using HandMeshEngine.Compute.Backends.Cuda;
using HandMeshEngine.Images;
using PtxSimulator.Driver;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>All hands of a frame, and the images of a batch, as one pass of each network on the simulated device.</summary>
[Collection("the machine's driver")]
public sealed class BatchedHandTests
{
    [Fact]
    public void Two_hands_and_two_images_take_the_passes_of_one_hand_and_give_the_hands_of_the_cpu()
    {
        RgbImage one = Photo("hook.jpg"), two = Side(one, Photo("pointing.jpg"));
        Camera[] cameras = [Camera.Guess(one.Width, one.Height), Camera.Guess(two.Width, two.Height)];
        var options = new EstimatorOptions { Variant = "lite", Device = "cpu", Precision = Precision.Float32 };
        using HandEstimator cpu = HandEstimator.Open(options);
        HandResult[] expected = [cpu.Predict(one, cameras[0]), cpu.Predict(two, cameras[1])];
        Assert.Equal((1, 2), (expected[0].Count, expected[1].Count));

        SimulatedCuda.Compiler("12.4");
        Environment.SetEnvironmentVariable("HANDMESH_NVRTC", Path.Combine(SimulatedCuda.Root, ".cache", "nvrtc", "12.4"));
        using Simulator simulator = new(new SimulatorOptions { Sm = 90 });
        CudaDriver.Use(simulator.Table, loadsPtx: true);
        using (CudaContext context = CudaContext.Retain(CudaDriver.Get().GetDevice(0)))
        using (HandEstimator cuda = HandEstimator.Open(options with { Device = "auto", Cuda = new CudaBackendOptions { Context = context.Handle } }))
        {
            Assert.Equal("cuda", cuda.Device);
            HandResult[] results = [cuda.CreateResult(), cuda.CreateResult()];
            RgbImage[] images = [one, two];
            ImageView Frame(int i) => images[i];
            cuda.PredictBatch(Frame, cameras, results);
            DriverCounters start = simulator.Counters.Snapshot();
            cuda.PredictBatch(Frame, cameras, results);
            DriverCounters batch = simulator.Counters.Snapshot();
            AreNear(expected[0], results[0]);
            AreNear(expected[1], results[1]);

            // Both images: the palm network once, the landmark network once a pass, four crops at a time. Nothing is allocated.
            Assert.Equal(3, batch.GraphLaunches - start.GraphLaunches);
            Assert.Equal((start.Allocations, start.HostAllocations, start.ModuleLoads), (batch.Allocations, batch.HostAllocations, batch.ModuleLoads));

            DriverCounters singles = simulator.Counters.Snapshot();
            cuda.Predict(one, cameras[0], results[0]);
            DriverCounters first = simulator.Counters.Snapshot();
            cuda.Predict(two, cameras[1], results[1]); // opens the plan for two
            DriverCounters opened = simulator.Counters.Snapshot();
            cuda.Predict(two, cameras[1], results[1]);
            DriverCounters second = simulator.Counters.Snapshot();
            AreNear(expected[0], results[0]);
            AreNear(expected[1], results[1]);
            long launchesOfOne = first.Launches - singles.Launches, launchesOfTwo = second.Launches - opened.Launches;
            Assert.True(launchesOfTwo < 1.1 * launchesOfOne, $"two hands take {launchesOfTwo} launches, one takes {launchesOfOne}");
            Assert.Equal(first.GraphLaunches - singles.GraphLaunches, second.GraphLaunches - opened.GraphLaunches);
        }

        Assert.True(simulator.Ledger.IsEmpty, $"left on the device: {simulator.Ledger}");
    }

    private static void AreNear(HandResult expected, HandResult actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int hand = 0; hand < expected.Count; hand++)
        {
            for (int i = 0; i < HandMesh.JointCount; i++)
            {
                float distance = Vector3.Distance(expected[hand].Joints[i], actual[hand].Joints[i]);
                Assert.True(distance <= 1e-4f, $"joint {i} of hand {hand} is {distance * 1000} mm from the CPU's");
            }
        }
    }

    private static RgbImage Photo(string name) => RgbImage.Load(Path.Combine(SimulatedCuda.Root, "tests", "photos", name));

    private static RgbImage Side(RgbImage left, RgbImage right)
    {
        int stride = 3 * (left.Width + right.Width);
        byte[] pixels = new byte[stride * left.Height];
        for (int row = 0; row < left.Height; row++)
        {
            left.Pixels.Slice(row * 3 * left.Width, 3 * left.Width).CopyTo(pixels.AsSpan(row * stride));
            right.Pixels.Slice(row * 3 * right.Width, 3 * right.Width).CopyTo(pixels.AsSpan((row * stride) + (3 * left.Width)));
        }

        return new RgbImage(left.Width + right.Width, left.Height, pixels);
    }
}
