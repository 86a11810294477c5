using HandMeshEngine.Images;

namespace HandMeshEngine.Cli.Tests;

/// <summary>The size of one's own hand, by the command.</summary>
public sealed class MeasureTests
{
    [Fact]
    public void Twice_the_distance_or_knuckles_twice_as_far_apart_are_a_hand_twice_as_large()
    {
        double near = Size("--distance", "0.4", "--fov", "40"), far = Size("--distance", "0.8", "--fov", "40");
        double narrow = Size("--knuckles", "0.03"), wide = Size("--knuckles", "0.06");

        Assert.Equal(2, far / near, 0.02);
        Assert.Equal(2, wide / narrow, 0.05);
    }

    [Fact]
    public void A_hand_predicted_with_the_measured_size_stands_at_the_distance_that_was_given()
    {
        double size = Size("--distance", "0.5", "--fov", "40");
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        RgbImage photo = RgbImage.Load(Workspace.Photo);
        HandMesh hand = estimator.Predict(photo, Camera.FromFieldOfView(photo.Width, photo.Height, 40), new PredictOptions { HandSize = size })[0];

        Assert.Equal(0.5, hand.Joints[9].Length(), 0.005);
    }

    [Fact]
    public void Several_photos_give_each_their_size_and_the_median()
    {
        string folder = Path.GetDirectoryName(Workspace.Photo)!;
        string[] photos = [.. new[] { "pointing", "hook", "fist" }.Select(name => Path.Combine(folder, name + ".jpg"))];
        (int exitCode, string output, _) = CommandRunner.Run(["measure", .. photos, "--knuckles", "0.065", "--device", "cpu"]);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        double[] sizes = [.. lines[..3].Select(line => Number(line.Split(": ")[1].Split(' ')[0]))];

        Assert.Equal(0, exitCode);
        Assert.Equal(4, lines.Length);
        Assert.Equal(sizes.Order().ElementAt(1), Number(lines[3]["--hand-size ".Length..]), 1e-9);
    }

    [Theory]
    [InlineData("give either --distance or --knuckles")]
    [InlineData("give either --distance or --knuckles", "--distance", "0.4", "--knuckles", "0.06")]
    [InlineData("in metres, above 0", "--knuckles", "-1")]
    [InlineData("in metres, above 0", "--distance", "500", "--fov", "40")]
    [InlineData("its camera is a guess", "--distance", "0.4")]
    [InlineData("leave --system out", "--knuckles", "0.06", "--system", "handar")]
    public void What_cannot_be_measured_is_refused_in_one_sentence(string sentence, params string[] options)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(["measure", Workspace.Photo, "--device", "cpu", .. options]);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains(sentence, CommandRunner.Unwrap(errors));
    }

    [Fact]
    public void A_photo_without_a_hand_is_named_and_the_answer_is_no()
    {
        using var work = new Workspace();
        PngFile.Save(work["wall.png"], new RgbImage(320, 240));
        (int exitCode, string output, string errors) = CommandRunner.Run("measure", work["wall.png"], "--knuckles", "0.065", "--device", "cpu");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("no hand found", errors);
    }

    private static double Size(params string[] options)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(["measure", Workspace.Photo, "--device", "cpu", .. options]);
        Assert.True(exitCode == 0, errors);
        return Number(output.Split("--hand-size ")[1]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
