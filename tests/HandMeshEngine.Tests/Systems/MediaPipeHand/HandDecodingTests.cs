using HandMeshEngine.Systems.MediaPipeHand;
using HandMeshEngine.Tests.Rig;

namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

public sealed class HandDecodingTests
{
    [Theory]
    [MemberData(nameof(HandCase.Stills), MemberType = typeof(HandCase))]
    public void Palms_match_the_case(string name)
    {
        HandCase stored = HandCase.Load(name);
        var decoder = new PalmDecoder();
        int count = decoder.Decode(stored.Floats("palm.raw_boxes"), stored.Floats("palm.raw_scores"), stored.Width, stored.Height);
        ReadOnlySpan<float> expected = stored.Floats("palm.detections");

        Assert.Equal(expected.Length / 19, count);
        for (int i = 0; i < count; i++)
        {
            float[] palm = [decoder.Score(i), .. decoder.Palm(i).ToArray().Select(value => (float)value)];
            Near.Equal(expected.Slice(19 * i, 19), palm, 2e-3, $"palm.detections[{i}]");
        }
    }

    [Theory]
    [MemberData(nameof(HandCase.Stills), MemberType = typeof(HandCase))]
    public void First_crops_match_the_case(string name)
    {
        HandCase stored = HandCase.Load(name);
        if (stored.Int("fallback") == 1)
        {
            ReadOnlySpan<float> presence = stored.Floats("fallback.presence");
            int best = presence.IndexOf(presence.ToArray().Max());
            Crop whole = HandCrops.WholeImage(stored.Width, stored.Height, best * Math.PI / 2);
            Near.Equal(stored.Crop("hand0.pass0.roi"), whole, 2e-3, 1e-5);
            return;
        }

        ReadOnlySpan<float> palms = stored.Floats("palm.detections");
        for (int k = 0; k < stored.Hands; k++)
        {
            ReadOnlySpan<float> p = palms.Slice((19 * k) + 1, 18);
            Crop crop = HandCrops.FromPalm(p[0], p[1], p[2], p[3], new Vector2(p[4], p[5]), new Vector2(p[8], p[9]));
            Near.Equal(stored.Crop($"hand{k}.pass0.roi"), crop, 2e-3, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(HandCase.Stills), MemberType = typeof(HandCase))]
    public void Landmarks_and_the_next_crop_match_the_case(string name)
    {
        HandCase stored = HandCase.Load(name);
        var uv = new Vector2[21];
        var z = new float[21];
        var world = new Vector3[21];
        for (int k = 0; k < stored.Hands; k++)
        {
            string pass = $"hand{k}.pass0";
            LandmarkDecoder.Decode(stored.Floats($"{pass}.screen"), stored.Floats($"{pass}.world"), stored.Crop($"{pass}.roi"), uv, z, world);
            Near.Equal(stored.Crop($"hand{k}.pass1.roi"), HandCrops.FromLandmarks(uv), 2e-3, 1e-5);

            pass = $"hand{k}.pass1";
            LandmarkDecoder.Decode(stored.Floats($"{pass}.screen"), stored.Floats($"{pass}.world"), stored.Crop($"{pass}.roi"), uv, z, world);
            Near.Equal(stored.Points2($"hand{k}.uv"), uv, 2e-3, "uv");
            Near.Equal(stored.Floats($"hand{k}.z"), z, 2e-3, "z");
            Near.Equal(stored.Points3($"hand{k}.world"), world, 1e-6, "world");
            Near.Equal(stored.Crop($"hand{k}.next_roi"), HandCrops.FromLandmarks(stored.Points2($"hand{k}.uv")), 2e-3, 1e-5);
        }
    }

    [Fact]
    public void Each_frame_of_the_clip_decodes_and_leads_to_the_next_frames_crop()
    {
        HandCase stored = HandCase.Load("asl_clip");
        int frames = stored.Floats("presence").Length;
        var uv = new Vector2[21];
        var z = new float[21];
        var world = new Vector3[21];
        for (int i = 0; i < frames; i++)
        {
            ReadOnlySpan<float> r = stored.Floats("roi").Slice(5 * i, 5);
            var crop = new Crop(r[0], r[1], r[2], r[3], r[4]);
            LandmarkDecoder.Decode(
                stored.Floats("screen").Slice(63 * i, 63), stored.Floats("world_raw").Slice(63 * i, 63), crop, uv, z, world);
            Near.Equal(stored.Points2("uv").Slice(21 * i, 21), uv, 2e-3, $"uv of frame {i}");
            Near.Equal(stored.Floats("z").Slice(21 * i, 21), z, 2e-3, $"z of frame {i}");
            Near.Equal(stored.Points3("world").Slice(21 * i, 21), world, 1e-6, $"world of frame {i}");
            if (i + 1 < frames)
            {
                r = stored.Floats("roi").Slice(5 * (i + 1), 5);
                Near.Equal(new Crop(r[0], r[1], r[2], r[3], r[4]), HandCrops.FromLandmarks(uv), 2e-3, 1e-5);
            }
        }
    }

    [Fact]
    public void Overlapping_boxes_merge_by_score_and_keep_the_best_score()
    {
        var boxes = new float[PalmDetector.AnchorCount * PalmDecoder.Coordinates];
        var scores = new float[PalmDetector.AnchorCount];
        Array.Fill(scores, -200);
        Put(boxes, scores, 0, 2, centreShift: 0);
        Put(boxes, scores, 1, 1, centreShift: 4); // the second anchor of the same cell
        Put(boxes, scores, 2 * ((12 * 24) + 20), 3, centreShift: 0);
        var decoder = new PalmDecoder();

        Assert.Equal(2, decoder.Decode(boxes, scores, 192, 192));
        Assert.Equal(Sigmoid(3), decoder.Score(0), 1e-6);
        Assert.Equal(Sigmoid(2), decoder.Score(1), 1e-6);
        double shift = 4 * Sigmoid(1) / (Sigmoid(1) + Sigmoid(2));
        Assert.Equal(4 + shift - 20, decoder.Palm(1)[0], 1e-4);
    }

    [Fact]
    public void Boxes_of_negative_or_undefined_size_are_dropped()
    {
        var boxes = new float[PalmDetector.AnchorCount * PalmDecoder.Coordinates];
        var scores = new float[PalmDetector.AnchorCount];
        Array.Fill(scores, -200);
        Put(boxes, scores, 0, 5, centreShift: 0);
        Put(boxes, scores, 100, 5, centreShift: 0);
        boxes[2] = -1;
        boxes[(100 * PalmDecoder.Coordinates) + 3] = float.NaN;

        Assert.Equal(0, new PalmDecoder().Decode(boxes, scores, 192, 192));
    }

    [Fact]
    public void Every_anchor_firing_at_once_ends_in_time_and_without_allocation()
    {
        var boxes = new float[PalmDetector.AnchorCount * PalmDecoder.Coordinates];
        var scores = new float[PalmDetector.AnchorCount];
        Array.Fill(scores, 100);
        var decoder = new PalmDecoder();
        decoder.Decode(boxes, scores, 640, 480);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = decoder.Decode(boxes, scores, 640, 480);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(PalmDetector.AnchorCount, count); // boxes of no area overlap nothing but themselves
    }

    [Fact]
    public void A_palm_over_a_tracked_hand_is_not_a_new_hand()
    {
        var tracked = new Crop(100, 100, 80, 80, 1);

        Assert.True(HandCrops.IsAmong(new Crop(110, 100, 80, 80, 0), [new Crop(500, 500, 80, 80, 0), tracked]));
        Assert.False(HandCrops.IsAmong(new Crop(160, 100, 80, 80, 0), [tracked]));
    }

    [Fact]
    public void Two_crops_on_one_spot_are_the_same_hand_however_they_are_turned()
    {
        var crop = new Crop(100, 100, 80, 80, 0);

        Assert.True(HandCrops.AreSame(crop, new Crop(104, 100, 80, 80, 2)));
        Assert.False(HandCrops.AreSame(crop, new Crop(400, 100, 80, 80, 0)));
    }

    [Fact]
    public void A_given_box_becomes_an_upright_square_a_quarter_larger()
    {
        Assert.Equal(new Crop(60, 45, 100, 100, 0), HandCrops.FromBox(new HandBox(20, 20, 80, 50)));
    }

    private static void Put(float[] boxes, float[] scores, int anchor, float logit, float centreShift)
    {
        Span<float> box = boxes.AsSpan(anchor * PalmDecoder.Coordinates, PalmDecoder.Coordinates);
        box[0] = centreShift;
        box[2] = 40;
        box[3] = 40;
        scores[anchor] = logit;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
