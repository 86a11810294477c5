using HandMeshEngine.Cases;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Models.MediaPipe;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>The default system's networks in fp16 from their stored inputs, against spec mediapipe-hand section 12; and the root solver.</summary>
public sealed class CudaNetworkTests
{
    private static readonly TensorMap s_weights = SafetensorsFile.Read(
        Path.Combine(CaseFolders.Repository!, "weights", "mediapipe-hand-full.safetensors"));

    [Fact]
    public void The_palm_network_keeps_the_fp16_tolerances()
    {
        TensorMap stored = Stored("mediapipe-hand", "pointing");
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using Session session = cuda.Backend.Open(PalmDetector.BuildFromInput(s_weights), SimulatedCuda.Options(Precision.Float16));
        Planes(stored["palm.input"]).CopyTo(session.Input<float>("palm.input"));
        session.Run();
        Near(stored["palm.raw_scores"], session.Output("scores"), 5e-2);
        ReadOnlySpan<float> boxes = session.Output("boxes");
        for (int i = 0; i < boxes.Length; i++)
        {
            // Boxes of anchors without a palm are never read; their numbers are large, and so is what rounding does to them.
            double tolerance = stored["palm.raw_scores"][i / 18] > 0 ? 5e-2 : 0.2;
            Assert.True(Math.Abs(boxes[i] - stored["palm.raw_boxes"][i]) <= tolerance, $"box {i / 18}: {boxes[i]}, stored {stored["palm.raw_boxes"][i]}");
        }

        Assert.Equal(1, cuda.Simulator.Counters.GraphLaunches);
    }

    [Fact]
    public void The_landmark_network_keeps_the_fp16_tolerances()
    {
        TensorMap stored = Stored("mediapipe-hand", "pointing");
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using Session session = cuda.Backend.Open(HandLandmarks.BuildFromInput(s_weights), SimulatedCuda.Options(Precision.Float16));
        Planes(stored["hand0.pass0.input"]).CopyTo(session.Input<float>("hand.input"));
        session.Run();
        Near(stored["hand0.pass0.screen"], session.Output("screen"), 0.15);
        Near(stored["hand0.pass0.world"], session.Output("world"), 5e-4);
        Near(stored["hand0.pass0.presence"], session.Output("presence"), 2e-3);
        Near(stored["hand0.pass0.right"], session.Output("right_hand"), 2e-3);
    }

    /// <summary>Sixty-four systems, ill-conditioned and singular ones included, in one launch; tolerance of the case's README.</summary>
    [Fact]
    public void The_root_solver_agrees_with_the_stored_systems_in_one_launch()
    {
        TensorMap stored = Stored("handdgp", "dgp-dev-0");
        int systems = stored["t"].Shape[0], joints = stored["weights"].Shape[1];
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        g.Output("t", g.RootSolve(g.Input("points", systems, joints, 3), g.Input("rays", systems, joints, 2), g.Input("weights", systems, joints)));
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using Session session = cuda.Backend.Open(g.Build(), SimulatedCuda.Options(Precision.Float16));
        stored["kpts3d"].Span<float>().CopyTo(session.Input<float>("points"));
        for (int i = 0; i < systems * joints; i++)
        {
            ReadOnlySpan<float> k = stored["K"].Span<float>().Slice(i / joints * 9, 9);
            session.Input<float>("rays")[2 * i] = (float)((stored["kpts2d_px"][2 * i] - k[2]) / k[0]);
            session.Input<float>("rays")[(2 * i) + 1] = (float)((stored["kpts2d_px"][(2 * i) + 1] - k[5]) / k[4]);
            session.Input<float>("weights")[i] = (float)(stored["weights"][i] * stored["weights"][i]);
        }

        session.Run();
        Assert.Equal(1, cuda.Simulator.Counters.Launches);
        ReadOnlySpan<float> got = session.Output("t");
        for (int i = 0; i < systems; i++)
        {
            bool isSingular = stored["singular"].Bytes[i] != 0;
            Assert.True(got[(6 * i) + 3] == (isSingular ? 0 : 1), $"system {i} is {(isSingular ? "singular" : "sound")}, valid {got[(6 * i) + 3]}");
            for (int axis = 0; axis < 3; axis++)
            {
                double expected = stored["t"].Span<double>()[(3 * i) + axis];
                Assert.True(Math.Abs(got[(6 * i) + axis] - expected) <= 1e-6, $"system {i}, axis {axis}: {got[(6 * i) + axis]}, stored {expected}, condition {got[(6 * i) + 4]}");
            }
        }
    }

    private static TensorMap Stored(string system, string name)
    {
        string? file = CaseFolders.Files(system).SingleOrDefault(path => Path.GetFileNameWithoutExtension(path) == name);
        Assert.SkipWhen(file is null, $"case {name} is not at hand; set {CaseFolders.Variable}");
        return SafetensorsFile.Read(file);
    }

    private static void Near(Tensor expected, ReadOnlySpan<float> got, double tolerance)
    {
        ReadOnlySpan<float> values = expected.Span<float>();
        Assert.Equal(values.Length, got.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(Math.Abs(values[i] - got[i]) <= tolerance, $"[{i}]: {got[i]}, stored {values[i]}, tolerance {tolerance}");
        }
    }

    // [H, W, C] as the cases store maps to [C, H, W].
    private static float[] Planes(Tensor map)
    {
        ReadOnlySpan<float> from = map.Span<float>();
        int channels = map.Shape[-1], pixels = map.Shape.Count / channels;
        var to = new float[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            to[(i % channels * pixels) + (i / channels)] = from[i];
        }

        return to;
    }
}
