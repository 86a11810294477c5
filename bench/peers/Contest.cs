using System.Diagnostics;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Bench.Peers;

/// <summary>One network on both engines: the same numbers first, then times in turn.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Threads">Of both engines.</param>
/// <param name="WorstError">The largest difference of an output, relative to its largest value.</param>
/// <param name="WorstOutput">Where it is.</param>
/// <param name="InTurn">One run after the other.</param>
/// <param name="AfterPause">Each run after a camera-like pause: caches cool and threads fall asleep.</param>
internal sealed record Contest(string Name, int Threads, double WorstError, string WorstOutput, Times InTurn, Times AfterPause)
{
    private const double BurstMs = 300;
    private const int ShortestBurst = 10;
    private const int QuietMs = 60;
    private const int FrameMs = 33;
    private const int FramesInTurn = 10;
    private const int FrameRounds = 4;

    /// <param name="peer">With the exported network loaded.</param>
    /// <param name="name">For the table.</param>
    /// <param name="graph">The model's graph.</param>
    /// <param name="threads">Of both engines.</param>
    /// <param name="seconds">How long to measure one run after the other.</param>
    public static Contest Run(OnnxRuntimePeer peer, string name, OpGraph graph, int threads, double seconds)
    {
        OpGraph network = NetworkInputs.Cut(graph);
        using Backend backend = Devices.Open("cpu", threads);
        using Session session = backend.Open(network, SessionOptions.Default);
        Span<float> input = session.Input<float>("input");
        var random = new Random(1);
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = random.NextSingle();
        }

        peer.Input(input, network.Nodes[network.Inputs["input"]].Type.Shape.Extents);
        session.Run();
        peer.Run(1);
        (double worst, string where) = Compare(session, network, peer.Outputs());

        int burst = Math.Max(ShortestBurst, (int)Math.Ceiling(BurstMs / peer.Run(ShortestBurst).Min()));
        (Times inTurn, Times afterPause) = (new Times(), new Times());
        long start = Stopwatch.GetTimestamp();
        for (int round = -1; round < 4 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            double[] peerRuns = AfterQuiet(() => peer.Run(burst)), ourRuns = AfterQuiet(() => OurRuns(session, burst, 0));
            if (round >= 0)
            {
                // A burst's beginning wakes caches, threads and clocks up; it is not counted, for either.
                inTurn.Add(ourRuns.AsSpan(burst / 4), peerRuns.AsSpan(burst / 4));
            }
        }

        for (int round = 0; round < FrameRounds; round++)
        {
            double[] peerRuns = AfterQuiet(() => peer.Run(FramesInTurn, FrameMs));
            afterPause.Add(AfterQuiet(() => OurRuns(session, FramesInTurn, FrameMs)), peerRuns);
        }

        return new Contest(name, threads, worst, where, inTurn, afterPause);
    }

    // The other engine's threads spin for a while after its last run and would take our core, and ours its: wait until they sleep.
    private static double[] AfterQuiet(Func<double[]> runs)
    {
        Thread.Sleep(QuietMs);
        return runs();
    }

    private static double[] OurRuns(Session session, int count, int pauseMs)
    {
        var times = new double[count];
        for (int i = 0; i < count; i++)
        {
            if (pauseMs > 0)
            {
                Thread.Sleep(pauseMs);
            }

            long run = Stopwatch.GetTimestamp();
            session.Run();
            times[i] = Stopwatch.GetElapsedTime(run).TotalMilliseconds;
        }

        return times;
    }

    // The largest difference of an output, relative to its largest value.
    private static (double Worst, string Where) Compare(Session session, OpGraph network, IReadOnlyDictionary<string, float[]> theirs)
    {
        (double Worst, string Where) result = (0, "none");
        foreach (string name in network.Outputs.Keys)
        {
            ReadOnlySpan<float> ours = session.Output(name);
            double largest = theirs[name].Max(MathF.Abs), difference = 0;
            for (int i = 0; i < ours.Length; i++)
            {
                double here = Math.Abs(ours[i] - theirs[name][i]);
                difference = double.IsNaN(here) ? double.PositiveInfinity : Math.Max(difference, here);
            }

            // Rounding decides between equal neighbours at a map's border (docs/systems/graphhand.md 3.8).
            double relative = name == "joints_uv_conf" && difference <= 1 ? 0 : difference / Math.Max(largest, 1e-9);
            result = relative > result.Worst ? (relative, name) : result;
        }

        return result;
    }
}
