namespace HandMeshEngine.Tests.Estimation;

/// <summary>From JPEG bytes to joints: within 0.5 px and 1 mm of the cases, which were made with another decoder.</summary>
public sealed class PhotoRouteTests
{
    [Theory]
    [InlineData("pointing")]
    [InlineData("hook")]
    [InlineData("fist")]
    [InlineData("thumb_up")]
    [InlineData("two_hands")]
    public void A_jpeg_gives_the_joints_of_its_case(string name)
    {
        string? file = Photo(name);
        Assert.SkipWhen(file is null, $"{name}.jpg may not be committed; set {CaseFolders.Variable} to the large set");
        TensorMap stored = SafetensorsFile.Read(CaseFolders.Files("mediapipe-hand").Single(f => Path.GetFileNameWithoutExtension(f) == name));
        RgbImage image = RgbImage.Load(file);
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", AsPublished = true });
        HandResult result = estimator.Predict(
            new ImageView(image.Pixels, image.Width, image.Height, image.Width * 3, PixelFormat.Rgb), Camera.Guess(image.Width, image.Height));
        for (int hand = 0; hand < result.Count; hand++)
        {
            Tensor uv = stored[$"hand{hand}.uv"], joints = stored[$"hand{hand}.joints"];
            for (int i = 0; i < HandMesh.JointCount; i++)
            {
                var point = new Vector2((float)uv[2 * i], (float)uv[(2 * i) + 1]);
                var joint = new Vector3((float)joints[3 * i], (float)joints[(3 * i) + 1], (float)joints[(3 * i) + 2]);
                Assert.True(Vector2.Distance(point, result[hand].Keypoints[i]) <= 0.5, $"hand {hand} keypoint {i}: {result[hand].Keypoints[i]}, stored {point}");
                Assert.True(Vector3.Distance(joint, result[hand].Joints[i]) <= 1e-3, $"hand {hand} joint {i}: {result[hand].Joints[i]}, stored {joint}");
            }
        }

        Assert.False(stored.Contains($"hand{result.Count}.uv"), "a stored hand was not found");
    }

    private static string? Photo(string name)
    {
        string?[] places =
        [
            Path.Combine(CaseFolders.Repository!, "tests", "photos", name + ".jpg"),
            Path.Combine(Environment.GetEnvironmentVariable(CaseFolders.Variable) ?? string.Empty, "mediapipe-hand", "photos", name + ".jpg"),
        ];
        return places.FirstOrDefault(File.Exists);
    }
}
