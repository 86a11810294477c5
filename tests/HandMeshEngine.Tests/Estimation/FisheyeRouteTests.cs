namespace HandMeshEngine.Tests.Estimation;

/// <summary>
/// Every system that assumes a pinhole, behind a Kannala-Brandt fisheye, 42 degrees off the axis: the hand is that of the undistorted
/// picture. Both pictures show one scene, a colour for each direction, so neither is made of the other.
/// </summary>
public sealed class FisheyeRouteTests
{
    private const int Width = 640, Height = 480;

    private static readonly Camera _fisheye =
        new Camera(220, 221, 322, 236, Width, Height).WithLens(Lens.Fisheye([0.02, -0.01, 0.003, -0.001]));

    private static readonly HandBox _box = new(430, 150, 120, 110);

    [Theory]
    [InlineData("handdgp")]
    [InlineData("mobrecon")]
    [InlineData("graphhand")]
    [InlineData("handar")]
    [InlineData("inceptiongraph")]
    [InlineData("pixelaligned")]
    public void A_fisheye_gives_the_hand_of_the_undistorted_picture(string system)
    {
        Assert.True(IdealView.TryCreate(_fisheye, Width, Height, _box, out IdealView view, out HandBox seen));
        Matrix3d toReal = view.Rotation.Transposed;
        var pinhole = new Camera(view.Intrinsics.Fx, view.Intrinsics.Fy, view.Intrinsics.Cx, view.Intrinsics.Cy, Width, Height);
        Assert.True(_fisheye.TryRay(_box.CenterX, _box.CenterY, out Vector3d axis));
        Assert.InRange(Math.Acos(axis.Z) * 180 / Math.PI, 40, 60);
        Assert.InRange((view.Rotation * axis).Z, 1 - 1e-12, 1 + 1e-12);
        RgbImage bent = Picture((x, y) => _fisheye.TryRay(x, y, out Vector3d ray) ? ray : null, 0);
        RgbImage straight = Picture((x, y) => toReal * pinhole.Intrinsics.Ray(x, y), 0), other = Picture((x, y) => toReal * pinhole.Intrinsics.Ray(x, y), 1);

        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", System = system, Weights = "random:0" });
        foreach (Handedness side in Enum.GetValues<Handedness>())
        {
            const double depth = 0.4;
            var known = new PredictOptions { Box = _box, Handedness = side, RootDepth = depth };
            PredictOptions ideal = known with { Box = seen, RootDepth = depth / view.Rotation.M22 };
            HandMesh expected = estimator.Predict(straight, pinhole, ideal)[0];
            HandMesh elsewhere = estimator.Predict(other, pinhole, ideal)[0];
            HandMesh actual = estimator.Predict(bent, _fisheye, known)[0];
            (double joints, double pixels) = Worst(actual, expected, toReal, pinhole);
            (double farJoints, double farPixels) = Worst(actual, elsewhere, toReal, pinhole);

            // A network that did not look at the picture would agree with any.
            Assert.True(joints <= Math.Min(0.02, farJoints / 5), $"{side}: a joint is {100 * joints} % of its distance off, of another picture {100 * farJoints}");
            Assert.True(pixels <= Math.Min(3, farPixels / 5), $"{side}: a keypoint is {pixels} px off, of another picture {farPixels}");
            Assert.Equal(_fisheye, actual.Camera);
        }
    }

    [Fact]
    public void The_default_system_finds_the_hand_of_a_photo_behind_a_fisheye()
    {
        RgbImage photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
        Camera camera = Camera.Guess(photo.Width, photo.Height);
        Camera fisheye = new Camera(420, 420, 424, 400, 848, 800).WithLens(Lens.Fisheye([0.01, -0.004, 0.001, 0]));
        (double sin, double cos) = Math.SinCos(42 * Math.PI / 180);
        Matrix3d toReal = new(cos, 0, sin, 0, 1, 0, -sin, 0, cos);
        RgbImage bent = Seen(photo, camera, fisheye, toReal.Transposed);

        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandMesh expected = Assert.Single(estimator.Predict(photo, camera)), actual = Assert.Single(estimator.Predict(bent, fisheye));
        double pixels = 0, metres = 0, worstPixels = 0, worstMetres = 0;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Assert.True(fisheye.TryProject(toReal * camera.Intrinsics.Ray(expected.Keypoints[i].X, expected.Keypoints[i].Y), out double u, out double v));
            double off = Vector2.Distance(actual.Keypoints[i], new Vector2((float)u, (float)v));
            double away = Vector3.Distance(actual.Joints[i], Turn(toReal, expected.Joints[i]));
            (pixels, metres) = (pixels + (off / HandMesh.JointCount), metres + (away / HandMesh.JointCount));
            (worstPixels, worstMetres) = (Math.Max(worstPixels, off), Math.Max(worstMetres, away));
        }

        // The tolerances of the stored frames, whose README says why.
        Assert.Equal(expected.Handedness, actual.Handedness);
        Assert.True(pixels <= 5 && worstPixels <= 12, $"keypoints are {pixels}, at most {worstPixels} px off");
        Assert.True(metres <= 0.016 && worstMetres <= 0.030, $"joints are {1000 * metres}, at most {1000 * worstMetres} mm off");
    }

    // Joints as a share of their distance; keypoints in pixels.
    private static (double Joints, double Pixels) Worst(HandMesh actual, HandMesh expected, Matrix3d toReal, Camera pinhole)
    {
        double joints = 0, pixels = 0;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Vector3 turned = Turn(toReal, expected.Joints[i]);
            joints = Math.Max(joints, Vector3.Distance(actual.Joints[i], turned) / turned.Length());
            Vector3d ray = toReal * pinhole.Intrinsics.Ray(expected.Keypoints[i].X, expected.Keypoints[i].Y);
            if (_fisheye.TryProject(ray, out double u, out double v))
            {
                pixels = Math.Max(pixels, Vector2.Distance(actual.Keypoints[i], new Vector2((float)u, (float)v)));
            }
        }

        return (joints, pixels);
    }

    // Four samples a pixel; gray where the photo ends.
    private static RgbImage Seen(RgbImage photo, Camera camera, Camera lens, Matrix3d toPhoto)
    {
        var image = new RgbImage(lens.Width!.Value, lens.Height!.Value);
        Span<double> sum = stackalloc double[3];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                sum.Clear();
                for (int sample = 0; sample < 4; sample++)
                {
                    bool inside = false;
                    double u = 0, v = 0;
                    if (lens.TryRay(x - 0.25 + (sample % 2 * 0.5), y - 0.25 + (sample / 2 * 0.5), out Vector3d ray))
                    {
                        ray = toPhoto * ray;
                        (u, v) = ((camera.Fx * ray.X / ray.Z) + camera.Cx, (camera.Fy * ray.Y / ray.Z) + camera.Cy);
                        inside = ray.Z > 0 && u >= 0 && v >= 0 && u < photo.Width - 1 && v < photo.Height - 1;
                    }

                    for (int channel = 0; channel < 3; channel++)
                    {
                        sum[channel] += inside ? Bilinear(photo, u, v, channel) : 128;
                    }
                }

                for (int channel = 0; channel < 3; channel++)
                {
                    image.Row(y)[(3 * x) + channel] = (byte)Math.Round(sum[channel] / 4);
                }
            }
        }

        return image;
    }

    private static double Bilinear(RgbImage photo, double u, double v, int channel)
    {
        int x = (int)u, y = (int)v;
        (double a, double b) = (u - x, v - y);
        Span<byte> upper = photo.Row(y), lower = photo.Row(y + 1);
        int left = (3 * x) + channel, right = left + 3;
        return ((1 - b) * (((1 - a) * upper[left]) + (a * upper[right]))) + (b * (((1 - a) * lower[left]) + (a * lower[right])));
    }

    private static Vector3 Turn(Matrix3d rotation, Vector3 point)
    {
        Vector3d turned = rotation * new Vector3d(point.X, point.Y, point.Z);
        return new Vector3((float)turned.X, (float)turned.Y, (float)turned.Z);
    }

    private static RgbImage Picture(Func<double, double, Vector3d?> ray, double phase)
    {
        var image = new RgbImage(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < Width; x++)
            {
                if (ray(x, y) is { } seen)
                {
                    double length = Math.Sqrt((seen.X * seen.X) + (seen.Y * seen.Y) + (seen.Z * seen.Z));
                    (double a, double b, double c) = (seen.X / length, seen.Y / length, seen.Z / length);
                    row[3 * x] = Level(Math.Sin((14 * a) + (9 * b) + phase) + Math.Sin((23 * b) - (11 * c)));
                    row[(3 * x) + 1] = Level(Math.Sin((17 * b) - (8 * a)) + Math.Cos((19 * a) + (5 * c) - phase));
                    row[(3 * x) + 2] = Level(Math.Cos((12 * a) - (21 * b)) + Math.Sin((16 * c) + (7 * a) + phase));
                }
            }
        }

        return image;
    }

    private static byte Level(double value) => (byte)Math.Round(127.5 + (63 * value));
}
