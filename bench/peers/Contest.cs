using System.Diagnostics;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Bench.Peers;

/// <summary>One network on both engines: the same numbers first, then times in turn.</summary>
internal sealed record Contest(string Name, int Threads, double WorstError, string WorstOutput, double[] Ours, double[] Theirs)
{
    private const int Burst = 10;
    private const int PauseMs = 60;

    public double Ratio => Percentile(Theirs, 50) / Percentile(Ours, 50);

    /// <param name="peer">With the exported network loaded.</param>
    /// <param name="name">For the table.</param>
    /// <param name="graph">The model's graph.</param>
    /// <param name="threads">Of both engines.</param>
    /// <param name="seconds">How long to measure.</param>
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

        var ours = new List<double>();
        var theirs = new List<double>();
        long start = Stopwatch.GetTimestamp();
        for (int round = -3; round < 8 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            // The other engine's threads spin for a while after its last run and would take our core: wait until they sleep. The
            // first run of a burst wakes caches and threads up and is not counted, for either.
            Thread.Sleep(PauseMs);
            double[] peerTimes = peer.Run(Burst);
            Thread.Sleep(PauseMs);
            for (int i = 0; i < Burst; i++)
            {
                long run = Stopwatch.GetTimestamp();
                session.Run();
                double ms = Stopwatch.GetElapsedTime(run).TotalMilliseconds;
                if (round >= 0 && i > 0)
                {
                    ours.Add(ms);
                }
            }

            if (round >= 0)
            {
                theirs.AddRange(peerTimes.AsSpan(1));
            }
        }

        return new Contest(name, threads, worst, where, [.. ours.Order()], [.. theirs.Order()]);
    }

    public static double Percentile(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

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

            // Rounding decides between equal neighbours at a map's border (spec graphhand 3.8).
            double relative = name == "joints_uv_conf" && difference <= 1 ? 0 : difference / Math.Max(largest, 1e-9);
            result = relative > result.Worst ? (relative, name) : result;
        }

        return result;
    }
}
