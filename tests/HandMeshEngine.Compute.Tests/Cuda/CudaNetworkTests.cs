using HandMeshEngine.Checkpoints;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>The default system's networks in fp16 from their stored inputs, against docs/systems/mediapipe-hand.md 12; and the root solver.</summary>
public sealed class CudaNetworkTests
{
    [Fact]
    public void A_pass_of_the_landmark_network_is_one_graph_launch_within_the_fp16_tolerances()
    {
        TensorMap stored = Stored("mediapipe-hand", "pointing");
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using Session session = cuda.Backend.Open(HandLandmarks.BuildFromInput(Weights("full")), SimulatedCuda.Options(Precision.Float16));
        Planes(stored["hand0.pass0.input"]).CopyTo(session.Input<float>("hand.input"));
        session.Run();
        Assert.Equal(1, cuda.Simulator.Counters.GraphLaunches);
        Near(stored["hand0.pass0.screen"].Span<float>(), session.Output("screen"), 0.15);
        Near(stored["hand0.pass0.world"].Span<float>(), session.Output("world"), 5e-4);
        Near(stored["hand0.pass0.presence"].Span<float>(), session.Output("presence"), 2e-3);
        Near(stored["hand0.pass0.right"].Span<float>(), session.Output("right_hand"), 2e-3);
    }

    /// <summary>Their stored outputs are in the large set only; the processor's are within a tenth of these tolerances of them.</summary>
    [Fact]
    public void The_lite_networks_keep_the_fp16_tolerances_around_the_processor()
    {
        TensorMap stored = Stored("mediapipe-hand", "pointing"), lite = Weights("lite");
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using var cpu = new CpuBackend();
        Agree(PalmDetector.BuildFromInput(lite), "palm.input", stored["palm.input"], [("scores", 5e-2), ("boxes", 5e-2)]);
        Agree(
            HandLandmarks.BuildFromInput(lite), "hand.input", stored["hand0.pass0.input"],
            [("screen", 0.15), ("world", 5e-4), ("presence", 2e-3), ("right_hand", 2e-3)]);

        void Agree(OpGraph graph, string input, Tensor map, (string Output, double Tolerance)[] outputs)
        {
            using Session got = cuda.Backend.Open(graph, SimulatedCuda.Options(Precision.Float16)), expected = cpu.Open(graph, new SessionOptions());
            foreach (Session session in new[] { got, expected })
            {
                Planes(map).CopyTo(session.Input<float>(input));
                session.Run();
            }

            foreach ((string output, double tolerance) in outputs)
            {
                Near(expected.Output(output), got.Output(output), tolerance);
            }
        }
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

    private static TensorMap Weights(string variant) =>
        SafetensorsFile.Read(Path.Combine(CaseFolders.Repository!, "weights", $"mediapipe-hand-{variant}.safetensors"));

    private static void Near(ReadOnlySpan<float> values, ReadOnlySpan<float> got, double tolerance)
    {
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
