namespace HandMeshEngine.Tests.Estimation;

/// <summary>From pixels to meshes in one call, against the stored chains: 0.5 px and 1 mm (docs/systems/mediapipe-hand.md 12).</summary>
public sealed class EstimatorParityTests
{
    public static TheoryData<string> Stills => [.. CaseFolders.Files("mediapipe-hand")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "asl_clip")];

    [Theory]
    [MemberData(nameof(Stills))]
    public void A_still_image_gives_the_stored_hands(string name)
    {
        TensorMap stored = Load(name);
        Tensor image = stored["image"];
        Tensor k = stored["K"];
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", AsPublished = true });
        HandResult result = estimator.Predict(
            new ImageView(image.Bytes, image.Shape[1], image.Shape[0], image.Shape[1] * 3, PixelFormat.Rgb),
            new Camera(k[0], k[4], k[2], k[5]));

        int expected = Enumerable.Range(0, 9).Count(i => stored.Contains($"hand{i}.uv"));
        Assert.Equal(expected, result.Count);
        Assert.Equal(stored["fallback"][0] == 1, result.UsedFallback);
        for (int i = 0; i < expected; i++)
        {
            HandMesh hand = result.Hands[i];
            Assert.Equal(stored[$"hand{i}.rig_is_right"][0] == 1, hand.Handedness == Handedness.Right);
            Assert.Equal(stored[$"hand{i}.pass1.right"][0], hand.RightProbability, 0.01);
            Assert.Equal(stored[$"hand{i}.pass1.presence"][0], hand.Score, 0.01);
            Close($"hand{i}.uv", stored, hand.Keypoints, 0.5f);
            Close($"hand{i}.joints", stored, hand.Joints, 1e-3f);
            Close($"hand{i}.vertices", stored, hand.Vertices, 1e-3f);
        }
    }

    [Theory]
    [InlineData("rendered-0", 0.0168, 0.0167)]
    [InlineData("rendered-1", 0.0156, 0.0172)]
    public void A_render_is_as_close_to_the_truth_as_the_stored_chain(string name, double joints, double vertices)
    {
        TensorMap stored = Load(name);
        Tensor image = stored["image"];
        Tensor k = stored["K"];
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", AsPublished = true });
        HandResult result = estimator.Predict(
            new ImageView(image.Bytes, image.Shape[1], image.Shape[0], image.Shape[1] * 3, PixelFormat.Rgb),
            new Camera(k[0], k[4], k[2], k[5]));

        HandMesh hand = Assert.Single(result.Hands.ToArray());
        Assert.Equal(joints, MeanDistance(stored["gt.joints"], hand.Joints), 1e-3);
        Assert.Equal(vertices, MeanDistance(stored["gt.vertices"], hand.Vertices), 1e-3);
    }

    private static TensorMap Load(string name) =>
        SafetensorsFile.Read(CaseFolders.Files("mediapipe-hand").Single(f => Path.GetFileNameWithoutExtension(f) == name));

    private static void Close(string name, TensorMap stored, ReadOnlySpan<Vector2> actual, float tolerance)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            var expected = new Vector2((float)stored[name][2 * i], (float)stored[name][(2 * i) + 1]);
            Assert.True(Vector2.Distance(expected, actual[i]) <= tolerance, $"{name}[{i}]: {actual[i]}, stored {expected}");
        }
    }

    private static void Close(string name, TensorMap stored, ReadOnlySpan<Vector3> actual, float tolerance)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(Vector3.Distance(Point(stored[name], i), actual[i]) <= tolerance, $"{name}[{i}]: {actual[i]}, stored {Point(stored[name], i)}");
        }
    }

    private static double MeanDistance(Tensor expected, ReadOnlySpan<Vector3> actual)
    {
        double sum = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            sum += Vector3.Distance(Point(expected, i), actual[i]);
        }

        return sum / actual.Length;
    }

    private static Vector3 Point(Tensor points, int i) => new((float)points[3 * i], (float)points[(3 * i) + 1], (float)points[(3 * i) + 2]);
}
