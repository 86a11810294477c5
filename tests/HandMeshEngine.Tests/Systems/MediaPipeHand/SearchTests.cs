using HandMeshEngine.Estimation;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

/// <summary>Hands that the whole frame's palms do not lead to (docs/systems/mediapipe-hand.md 4.6).</summary>
public sealed class SearchTests : IDisposable
{
    private const int Width = 1280;
    private const int Height = 720;

    private readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private readonly HandEstimator _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
    private readonly Camera _camera = Camera.Guess(Width, Height);

    public void Dispose() => _estimator.Dispose();

    [Fact]
    public void A_small_hand_is_found_in_a_tile_where_it_stands()
    {
        RgbImage frame = Frame(5);
        using HandEstimator once = HandEstimator.Open(new EstimatorOptions { Device = "cpu", MaxSearch = SearchRung.Frame });

        Assert.Empty(once.Predict(frame, _camera));
        HandResult found = _estimator.Predict(frame, _camera);
        Near(Assert.Single(found), 5);
        Assert.Equal(Handedness.Left, found[0].Handedness);
        Assert.InRange(found.Search, SearchRung.LowScores, SearchRung.Treated);
        Assert.False(found.UsedFallback);
    }

    [Theory]
    [InlineData(0.25, false)]
    [InlineData(1, true)]
    public void A_hand_in_a_dark_or_gray_frame_is_found_where_it_stands(double brightness, bool gray)
    {
        RgbImage frame = Frame(3);
        Change(frame, (red, green, blue) =>
        {
            double mean = ((0.299 * red) + (0.587 * green) + (0.114 * blue)) * brightness;
            return gray ? (mean, mean, mean) : (red * brightness, green * brightness, blue * brightness);
        });

        Near(_estimator.Predict(frame, _camera)[0], 3);
    }

    [Fact]
    public void Frames_without_hands_have_none_and_allocate_nothing_once_searched()
    {
        HandResult result = _estimator.CreateResult();
        var frame = new RgbImage(Width, Height);
        Noise(frame);
        _estimator.Predict(frame, _camera, result);
        _estimator.Predict(frame, _camera, result);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _estimator.Predict(frame, _camera, result);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Empty(result);
        Assert.Equal(SearchRung.Turns, result.Search);
    }

    [Fact]
    public void A_tracker_comes_by_a_small_hand_within_a_round_of_tiles()
    {
        RgbImage frame = Frame(5);
        HandTracker tracker = _estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        int frames = 0;
        while (result.Count == 0 && frames < 12)
        {
            tracker.Predict(frame, _camera, result);
            frames++;
        }

        Near(Assert.Single(result), 5);
        tracker.Predict(frame, _camera, result);
        Assert.Equal(0, Assert.Single(result).Id);
    }

    [Fact]
    public void A_tiny_hand_is_found_in_the_smallest_tiles_and_its_side_by_two_readings()
    {
        RgbImage frame = Frame(8);
        HandMesh hand = Assert.Single(_estimator.Predict(frame, _camera));

        Near(hand, 8);
        Assert.Equal(Handedness.Left, hand.Handedness);
    }

    [Fact]
    public void A_network_says_of_a_mirrored_crop_what_it_says_of_the_crop()
    {
        using Backend backend = Devices.Open("cpu", 1);
        TensorMap weights = EstimatorWeights.LoadShipped(MediaPipeHandSystem.Instance, variant: null);
        using var networks = new LandmarkNetworks(backend, weights, null, new SessionOptions());
        Crop crop = Reference.Crop;
        var plain = new Landmarks();
        var mirrored = new Landmarks();
        Matrix3d matrix = crop.Sampling(HandLandmarks.InputSize).ToMatrix();
        networks.Add(0, matrix, null);
        networks.Add(0, matrix, null, isMirrored: true);
        networks.Run(new FrameSet(_photo, Camera.Guess(_photo.Width, _photo.Height), PredictOptions.None, _estimator.CreateResult()), last: true);
        LandmarkDecoder.Decode(networks.Screen(0), networks.World(0), crop, plain.Uv, plain.Z, plain.World);
        LandmarkDecoder.Decode(networks.Screen(1), networks.World(1), crop, mirrored.Uv, mirrored.Z, mirrored.World);

        Assert.NotEqual(networks.Screen(0).ToArray(), networks.Screen(1).ToArray());
        Assert.Equal(networks.RightProbability(0), networks.RightProbability(1), 0.4);
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Assert.True(Vector2.Distance(plain.Uv[i], mirrored.Uv[i]) < 0.06 * crop.Width, $"keypoint {i}: {mirrored.Uv[i]}, not {plain.Uv[i]}");
            Assert.True(Vector3.Distance(plain.World[i], mirrored.World[i]) < 0.03f, $"joint {i}: {mirrored.World[i]}, not {plain.World[i]}");
        }
    }

    [Theory]
    [InlineData(1280, 720, new[] { 3, 8, 15 })]
    [InlineData(256, 256, new[] { 0, 0, 0 })]
    [InlineData(720, 1280, new[] { 3, 8, 15 })]
    [InlineData(4032, 3024, new[] { 2, 6, 12 })]
    public void Tiles_cover_the_frame(int width, int height, int[] counts)
    {
        for (int level = 0; level < counts.Length; level++)
        {
            Assert.Equal(counts[level], FrameTiles.Count(width, height, level));
            Crop[] tiles = [.. Enumerable.Range(0, counts[level]).Select(i => FrameTiles.Tile(width, height, level, i))];
            if (tiles.Length > 0)
            {
                Assert.All(tiles, tile => Assert.True(tile.CenterX - (tile.Width / 2) > -1e-6 && tile.CenterY + (tile.Width / 2) < height + 1e-6));
                Assert.Equal(width, tiles.Max(tile => tile.CenterX + (tile.Width / 2)), 1e-6);
                Assert.Equal(height, tiles.Max(tile => tile.CenterY + (tile.Width / 2)), 1e-6);
            }
        }
    }

    [Fact]
    public void A_reading_within_another_of_the_same_side_is_the_same_hand_and_one_beside_it_is_not()
    {
        Landmarks large = Reading(100, 100, 100, 0.95f);

        Assert.True(HandCrops.AreSame(large, Reading(110, 100, 40, 0.9f)));
        Assert.False(HandCrops.AreSame(large, Reading(110, 100, 40, 0.02f)));
        Assert.False(HandCrops.AreSame(large, Reading(220, 100, 40, 0.9f)));
    }

    [Fact]
    public void Crossing_hands_of_different_sides_are_two_and_a_mirrored_second_reading_is_not()
    {
        Landmarks left = Reading(100, 100, 100, 0.02f);

        Assert.False(HandCrops.AreSame(left, Reading(131, 100, 100, 0.98f)));
        Assert.True(HandCrops.AreSame(left, Reading(104, 100, 100, 0.98f)));
        Assert.True(HandCrops.AreSame(left, Reading(131, 100, 100, 0.02f)));
    }

    // A reading whose palm lies in the middle of its crop.
    private static Landmarks Reading(float x, float y, float side, float right)
    {
        var reading = new Landmarks { Crop = new Crop(x, y, side, side, 0), RightProbability = right, Presence = 1 };
        Array.Fill(reading.Uv, new Vector2(x, y));
        return reading;
    }

    // The photo, so many times smaller, on a plain wall right of the middle.
    private RgbImage Frame(int times)
    {
        var frame = new RgbImage(Width, Height);
        Change(frame, (_, _, _) => (150, 140, 125));
        (int left, int top) = Corner;
        for (int v = 0; v < _photo.Height / times; v++)
        {
            for (int u = 0; u < 3 * (_photo.Width / times); u++)
            {
                int sum = 0;
                for (int i = 0; i < times * times; i++)
                {
                    sum += _photo.Pixels[(3 * ((((v * times) + (i / times)) * _photo.Width) + (u / 3 * times) + (i % times))) + (u % 3)];
                }

                frame.Pixels[(3 * (((top + v) * Width) + left)) + u] = (byte)(sum / (times * times));
            }
        }

        return frame;
    }

    private static (int Left, int Top) Corner => (850, 300);

    // What is read from the photo itself.
    private HandMesh Reference => _estimator.Predict(_photo, Camera.Guess(_photo.Width, _photo.Height))[0].Clone();

    private void Near(HandMesh found, int times)
    {
        HandMesh hand = found.Clone(), expected = Reference;
        var corner = new Vector2(Corner.Left, Corner.Top);
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            float off = Vector2.Distance(corner + (expected.Keypoints[i] / times), hand.Keypoints[i]);
            Assert.True(off < 0.12 * expected.Crop.Width / times, $"keypoint {i} is {off} px off");
        }
    }

    private static void Change(RgbImage image, Func<double, double, double, (double Red, double Green, double Blue)> change)
    {
        Span<byte> pixels = image.Pixels;
        for (int at = 0; at < pixels.Length; at += 3)
        {
            (double red, double green, double blue) = change(pixels[at], pixels[at + 1], pixels[at + 2]);
            (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)red, (byte)green, (byte)blue);
        }
    }

    private static void Noise(RgbImage image)
    {
        var random = new Random(3);
        random.NextBytes(image.Pixels);
    }
}
