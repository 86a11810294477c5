using System.Runtime.InteropServices;
using HandMeshEngine.Estimation;
using HandMeshEngine.Rig;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>What the default system does outside its networks, and the chain from pixels to meshes; tolerances from
/// docs/systems/mediapipe-hand.md 12.</summary>
internal static class MediaPipeHandGeometryChecks
{
    private static readonly Tolerance _pixels = new(2e-3);
    private static readonly Tolerance _metres = new(1e-5);

    /// <summary>Decoding, lift and rig fit, each from the stored stage before it, then everything from the image.</summary>
    public static void Run(Checks c, Tensor image)
    {
        Detections(c, image);
        for (int hand = 0; c.Case.Tensors.Contains($"hand{hand}.uv"); hand++)
        {
            Decoding(c, $"hand{hand}");
            Lift(c, $"hand{hand}");
            Fit(c, $"hand{hand}");
        }

        if (c.RunsEverything)
        {
            Chain(c, image);
        }
    }

    /// <summary>asl_clip: every frame's landmarks from the stored outputs of the network.</summary>
    public static void RunClip(Checks c)
    {
        int frames = c.Case.Tensors["presence"].Shape.Count;
        var points = new Landmarks[frames];
        for (int i = 0; i < frames; i++)
        {
            points[i] = Decoded(c, "screen", "world_raw", Roi(c, "roi", i), i);
        }

        c.Host("landmarks", "uv", i => points[i / 42].Uv[i / 2 % 21][i % 2], _pixels);
        c.Host("landmarks", "z", i => points[i / 21].Z[i % 21], _pixels);
        c.Host("landmarks", "world", i => points[i / 63].World[i / 3 % 21][i % 3], new Tolerance(1e-6));
        Crop[] next = [.. points.Select(frame => HandCrops.FromLandmarks(frame.Uv))];
        c.Host("landmarks", "roi", i => i < 5 ? double.NaN : Number(next[(i / 5) - 1], i % 5), _pixels, i => i < 5 ? double.PositiveInfinity : CropLimit(i));
    }

    /// <summary>A stored crop.</summary>
    public static Crop Roi(Checks c, string tensor, int index = 0)
    {
        Tensor roi = c.Case.Tensors[tensor];
        int at = 5 * index;
        return new Crop(roi[at], roi[at + 1], roi[at + 2], roi[at + 3], roi[at + 4]);
    }

    private static void Detections(Checks c, Tensor image)
    {
        var decoder = new PalmDecoder();
        TensorMap stored = c.Case.Tensors;
        int count = decoder.Decode(
            stored["palm.raw_boxes"].Span<float>(), stored["palm.raw_scores"].Span<float>(), image.Shape[1], image.Shape[0]);
        c.Host(
            "detections",
            "palm.detections",
            i => i / 19 >= count ? double.NaN : i % 19 == 0 ? decoder.Score(i / 19) : decoder.Palm(i / 19)[(i % 19) - 1],
            _pixels);
    }

    private static void Decoding(Checks c, string hand)
    {
        string last = hand + ".pass0";
        for (int pass = 1; c.Case.Tensors.Contains($"{hand}.pass{pass}.roi"); pass++)
        {
            Crop next = HandCrops.FromLandmarks(Decoded(c, last + ".screen", last + ".world", Roi(c, last + ".roi")).Uv);
            last = $"{hand}.pass{pass}";
            c.Host("landmarks", last + ".roi", i => Number(next, i), _pixels, CropLimit);
        }

        Landmarks read = Decoded(c, last + ".screen", last + ".world", Roi(c, last + ".roi"));
        c.Host("landmarks", hand + ".uv", i => read.Uv[i / 2][i % 2], _pixels);
        c.Host("landmarks", hand + ".z", i => read.Z[i], _pixels);
        c.Host("landmarks", hand + ".world", i => read.World[i / 3][i % 3], new Tolerance(1e-6));
        Crop following = HandCrops.FromLandmarks(MemoryMarshal.Cast<float, Vector2>(c.Case.Tensors[hand + ".uv"].Span<float>()));
        c.Host("landmarks", hand + ".next_roi", i => Number(following, i), _pixels, CropLimit);
    }

    private static void Lift(Checks c, string hand)
    {
        TensorMap stored = c.Case.Tensors;
        Tensor k = stored["K"];
        var lift = new CameraSpaceLift();
        lift.Solve(
            MemoryMarshal.Cast<float, Vector2>(stored[hand + ".uv"].Span<float>()),
            stored[hand + ".z"].Span<float>(),
            MemoryMarshal.Cast<float, Vector3>(stored[hand + ".world"].Span<float>()),
            new Intrinsics(k[0], k[4], k[2], k[5]));
        double[] turn = new double[9];
        lift.Alignment.CopyTo(turn);
        c.Host("lift", hand + ".screen_shape", i => Component(lift.ScreenShape[i / 3], i % 3), _metres);
        c.Host("lift", hand + ".align", i => turn[i], _metres);
        c.Host("lift", hand + ".fused", i => Component(lift.Fused[i / 3], i % 3), _metres);
        c.Host("lift", hand + ".root", i => Component(lift.Root.Translation, i), _metres);
        c.Host("lift", hand + ".joints", i => Component(lift.Joints[i / 3], i % 3), _metres);
    }

    private static void Fit(Checks c, string hand)
    {
        TensorMap stored = c.Case.Tensors;
        HandRig rig = stored[hand + ".rig_is_right"][0] == 1 ? HandRig.Right : HandRig.Left;
        Tensor joints = stored[hand + ".joints"];
        var fit = new RigFit();
        fit.Solve(rig, [.. Enumerable.Range(0, HandMesh.JointCount).Select(i => new Vector3d(joints[3 * i], joints[(3 * i) + 1], joints[(3 * i) + 2]))]);
        var vertices = new Vector3[rig.Surface.VertexCount];
        new Skinner().Skin(rig, fit.Bones, vertices);
        double[] turn = new double[9];
        fit.PalmRotation.CopyTo(turn);
        c.Host("mesh", hand + ".palm_rotation", i => turn[i], _metres);
        c.Host("mesh", hand + ".palm_scale", _ => fit.PalmScale, _metres);
        c.Host("mesh", hand + ".palm_translation", i => Component(fit.PalmTranslation, i), _metres);
        c.Host("mesh", hand + ".vertices", i => vertices[i / 3][i % 3], new Tolerance(2e-5));
    }

    // Crops amplify differences from pass to pass: half a pixel and a millimetre at the end.
    private static void Chain(Checks c, Tensor image)
    {
        Tensor k = c.Case.Tensors["K"];
        using HandPipeline pipeline = HandPipeline.Open(
            HandSystems.Default, c.Weights, c.Backend, new EstimatorOptions { Precision = c.Precision, MaxHands = 8, AsPublished = true });
        HandResult result = pipeline.CreateResult();
        pipeline.Predict(new FrameSet(
            new ImageView(image.Bytes, image.Shape[1], image.Shape[0], 3 * image.Shape[1], PixelFormat.Rgb),
            new Camera(k[0], k[4], k[2], k[5]),
            PredictOptions.None,
            result));
        c.Result("detections", "fallback", _ => result.UsedFallback ? 1 : 0, Tolerance.Exact);
        for (int i = 0; c.Case.Tensors.Contains($"hand{i}.uv"); i++)
        {
            HandMesh? hand = i < result.Count ? result[i] : null;
            Tolerance pixels = new(0.5), space = new(1e-3);
            (pixels, space) = (c.Tolerance(pixels, pixels), c.Tolerance(space, space));
            c.Result("mesh", $"hand{i}.rig_is_right", _ => hand is null ? double.NaN : hand.Handedness == Handedness.Right ? 1 : 0, Tolerance.Exact);
            c.Result("mesh", $"hand{i}.uv", n => hand?.Keypoints[n / 2][n % 2] ?? double.NaN, pixels);
            c.Result("mesh", $"hand{i}.joints", n => hand?.Joints[n / 3][n % 3] ?? double.NaN, space);
            c.Result("mesh", $"hand{i}.vertices", n => hand?.Vertices[n / 3][n % 3] ?? double.NaN, space);
        }
    }

    private static Landmarks Decoded(Checks c, string screen, string world, Crop crop, int index = 0)
    {
        var read = new Landmarks();
        ReadOnlySpan<float> seen = c.Case.Tensors[screen].Span<float>(), metres = c.Case.Tensors[world].Span<float>();
        LandmarkDecoder.Decode(seen.Slice(63 * index, 63), metres.Slice(63 * index, 63), crop, read.Uv, read.Z, read.World);
        return read;
    }

    private static double Number(in Crop crop, int index) => index switch
    {
        0 => crop.CenterX,
        1 => crop.CenterY,
        2 => crop.Width,
        3 => crop.Height,
        _ => crop.Angle,
    };

    // Pixels, but radians for the angle.
    private static double CropLimit(int index) => index % 5 == 4 ? 1e-5 : 2e-3;

    private static double Component(in Vector3d v, int axis) => axis switch { 0 => v.X, 1 => v.Y, _ => v.Z };
}
