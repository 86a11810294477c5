using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

/// <summary>The networks alone, from their stored inputs, against docs/systems/mediapipe-hand.md 12.</summary>
public sealed class MediaPipeNetworkTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string file in CaseFolders.Files("mediapipe-hand").Where(StoresInputs))
            {
                data.Add(Path.GetFileNameWithoutExtension(file), "cpu");
            }

            data.Add("pointing", "reference");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Networks_reproduce_the_stored_tensors(string name, string device)
    {
        TensorMap stored = SafetensorsFile.Read(CaseFolders.Files("mediapipe-hand").Single(f => Path.GetFileNameWithoutExtension(f) == name));
        using Backend backend = Devices.Open(device);
        int compared = 0;
        foreach ((string variant, string palm, string hand) in new[] { ("full", "palm", string.Empty), ("lite", "palm_lite", "lite.") })
        {
            TensorMap weights = SafetensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "weights", $"mediapipe-hand-{variant}.safetensors"));
            if (stored.Contains("palm.input"))
            {
                compared += Palm(backend, weights, stored, palm);
            }

            for (int pass = 0; pass < 2; pass++)
            {
                if (stored.Contains($"hand0.pass{pass}.input"))
                {
                    compared += Hand(backend, weights, stored, $"hand0.pass{pass}", hand);
                }
            }
        }

        Assert.True(compared > 0, $"case {name} stores inputs but no outputs");
    }

    private static bool StoresInputs(string file)
    {
        TensorMap stored = SafetensorsFile.Read(file);
        return stored.Contains("palm.input") || stored.Contains("hand0.pass0.input");
    }

    private static int Palm(Backend backend, TensorMap weights, TensorMap stored, string prefix)
    {
        if (!stored.Contains(prefix + ".raw_boxes"))
        {
            return 0;
        }

        using Session session = Run(backend, PalmDetector.BuildFromInput(weights), "palm.input", stored["palm.input"]);
        int compared = Compare(stored, prefix + ".raw_boxes", session.Output("boxes"), 2e-3);
        compared += Compare(stored, prefix + ".raw_scores", session.Output("scores"), 1e-3);
        foreach ((string tap, string tensor) in new[] { ("palm.down1", "t164"), ("palm.c24", "t202"), ("palm.p12", "t257"), ("palm.p24", "t273") })
        {
            compared += CompareMap(session, tap, stored, $"{prefix}.{tensor}");
        }

        return compared;
    }

    private static int Hand(Backend backend, TensorMap weights, TensorMap stored, string pass, string prefix)
    {
        if (!stored.Contains($"{prefix}{pass}.screen"))
        {
            return 0;
        }

        using Session session = Run(backend, HandLandmarks.BuildFromInput(weights), "hand.input", stored[pass + ".input"]);
        int compared = Compare(stored, $"{prefix}{pass}.screen", session.Output("screen"), 5e-3);
        compared += Compare(stored, $"{prefix}{pass}.world", session.Output("world"), 2e-5);
        compared += Compare(stored, $"{prefix}{pass}.presence", session.Output("presence"), 1e-4);
        compared += Compare(stored, $"{prefix}{pass}.right", session.Output("right_hand"), 1e-4);
        if (prefix.Length == 0)
        {
            foreach ((string tap, string tensor) in new[] { ("hand.block1", "t109"), ("hand.block5", "t123"), ("hand.block11", "t145"), ("hand.features", "t160") })
            {
                compared += CompareMap(session, tap, stored, $"{pass}.{tensor}");
            }
        }

        return compared;
    }

    private static Session Run(Backend backend, OpGraph graph, string input, Tensor nhwc)
    {
        Session session = backend.Open(graph, new SessionOptions { Observe = ["*"] });
        Planes(nhwc).CopyTo(session.Input<float>(input));
        session.Run();
        return session;
    }

    private static int CompareMap(Session session, string tap, TensorMap stored, string name) => stored.Contains(name)
        ? Compare(name, Planes(stored[name]), session.Output(tap), 1e-4 * stored[name].Span<float>().ToArray().Max(MathF.Abs))
        : 0;

    private static int Compare(TensorMap stored, string name, ReadOnlySpan<float> actual, double tolerance) =>
        Compare(name, stored[name].Span<float>(), actual, tolerance);

    private static int Compare(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{name}[{i}]: {actual[i]}, stored {expected[i]}, tolerance {tolerance}");
        }

        return 1;
    }

    // [H, W, C] as the cases store maps, or a vector, to [C, H, W].
    private static float[] Planes(Tensor map)
    {
        ReadOnlySpan<float> from = map.Span<float>();
        int channels = map.Shape[-1], pixels = map.Shape.Count / channels;
        var to = new float[from.Length];
        for (int p = 0; p < pixels; p++)
        {
            for (int c = 0; c < channels; c++)
            {
                to[(c * pixels) + p] = from[(p * channels) + c];
            }
        }

        return to;
    }
}
