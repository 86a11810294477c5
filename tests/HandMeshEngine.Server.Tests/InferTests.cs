using System.Numerics;
using System.Runtime.InteropServices;
using HandMeshEngine.Export;

namespace HandMeshEngine.Server.Tests;

/// <summary>Answers over HTTP are the library's, bit for bit, however inputs and outputs travel.</summary>
public sealed class InferTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private readonly HandEstimator _library = shared.Library;

    [Fact]
    public async Task A_file_in_json_gives_the_library_s_hands()
    {
        var request = new JsonObject { ["id"] = "a1", ["inputs"] = new JsonArray(Photos.Tensor("IMAGE", "BYTES", [1, 1], Convert.ToBase64String(Photos.Pointing))) };

        Answer answer = await Answer.OfAsync(await _server.InferAsync(request));

        RgbImage image = RgbImage.Decode(Photos.Pointing);
        HandResult expected = _library.Predict(image, Camera.FromExif(image) ?? Camera.Guess(image.Width, image.Height));
        Assert.Single(expected);
        answer.AssertHands(expected, 0);
        Assert.Equal("a1", answer.Json["id"]!.GetValue<string>());
        Assert.Equal(TestServer.Model, answer.Json["model_name"]!.GetValue<string>());
        Assert.Equal([1, 1, 1360, 3], answer.Shape("VERTICES"));
    }

    [Fact]
    public async Task A_packed_file_gives_the_same_bits_packed()
    {
        byte[] packed = Photos.Pack(Photos.Fist);
        JsonObject request = Photos.Request(packed, 1);
        request["parameters"] = new JsonObject { ["binary_data_output"] = true };

        Answer answer = await Answer.OfAsync(await _server.InferAsync(request, packed));

        RgbImage image = RgbImage.Decode(Photos.Fist);
        answer.AssertHands(_library.Predict(image, Camera.Guess(image.Width, image.Height)), 0);
    }

    [Fact]
    public async Task Pixels_with_a_camera_give_the_library_s_hands_and_faces_and_glb_on_request()
    {
        RgbImage image = RgbImage.Decode(Photos.Hook);
        byte[] pixels = image.Pixels.ToArray();
        double[] camera = [611.25, 612.5, 300.125, 210.75];
        byte[] intrinsics = MemoryMarshal.AsBytes<double>(camera).ToArray();
        var request = new JsonObject
        {
            ["inputs"] = new JsonArray(
                Photos.Packed("IMAGE", "UINT8", [1, image.Height, image.Width, 3], pixels.Length), Photos.Packed("INTRINSICS", "FP64", [1, 4], intrinsics.Length)),
            ["outputs"] = new JsonArray(
                new[] { "HANDS", "SCORE", "RIGHT_PROBABILITY", "VERTICES", "JOINTS", "RELATIVE_JOINTS", "KEYPOINTS", "PLACEMENT", "PLACEMENT_FLAGS", "ROTATIONS", "FACES" }
                    .Select(JsonNode? (name) => new JsonObject { ["name"] = name })
                    .Append(new JsonObject { ["name"] = "GLB", ["parameters"] = new JsonObject { ["binary_data"] = true } }).ToArray()),
        };

        Answer answer = await Answer.OfAsync(await _server.InferAsync(request, [.. pixels, .. intrinsics]));

        HandResult expected = _library.Predict(image, new Camera(camera[0], camera[1], camera[2], camera[3]));
        answer.AssertHands(expected, 0);
        Assert.Equal(MemoryMarshal.Cast<Quaternion, float>(expected[0].Pose.LocalRotations).ToArray(), answer.Hand("ROTATIONS", 0, 0));
        Assert.Equal(expected[0].Faces.ToArray(), answer.Ints("FACES"));
        using var glb = new MemoryStream();
        MeshFile.Write(glb, MeshFormat.Glb, [.. expected]);
        Assert.Equal(Photos.Pack(glb.ToArray()), answer.Packed("GLB"));
    }

    [Fact]
    public async Task Images_of_a_batch_are_those_of_requests_of_their_own()
    {
        var empty = new RgbImage(96, 64);
        empty.Pixels.Fill(128);
        byte[] grey = PngEncoder.Encode(empty);
        byte[] packed = Photos.Pack(Photos.Pointing, grey, Photos.Hook);

        Answer answer = await Answer.OfAsync(await _server.InferAsync(Photos.Request(packed, 3), packed));

        foreach ((byte[] file, int i) in new[] { Photos.Pointing, grey, Photos.Hook }.Select((file, i) => (file, i)))
        {
            RgbImage image = RgbImage.Decode(file);
            answer.AssertHands(_library.Predict(image, Camera.Guess(image.Width, image.Height)), i);
        }

        Assert.Equal([1, 0, 1], answer.Ints("HANDS"));
        Assert.All(answer.Hand("VERTICES", 1, 0), value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task What_is_known_about_one_image_of_a_batch_may_be_unknown_of_another()
    {
        byte[] packed = Photos.Pack(Photos.Pointing, Photos.Pointing);
        JsonObject request = Photos.Request(
            packed, 2, Photos.Tensor("HAND_SIZE", "FP64", [2, 1], 0.7, null), Photos.Tensor("HANDEDNESS", "BYTES", [2, 1], "", "left"), Photos.Tensor("FIELD_OF_VIEW", "FP32", [2], null, 60));

        Answer answer = await Answer.OfAsync(await _server.InferAsync(request, packed));

        RgbImage image = RgbImage.Decode(Photos.Pointing);
        answer.AssertHands(_library.Predict(image, Camera.Guess(image.Width, image.Height), new PredictOptions { HandSize = 0.7 }), 0);
        answer.AssertHands(_library.Predict(image, Camera.FromFieldOfView(image.Width, image.Height, 60), new PredictOptions { Handedness = Handedness.Left }), 1);
    }

    [Fact]
    public async Task Frames_of_a_sequence_are_followed_as_a_tracker_does()
    {
        HandTracker tracker = _library.CreateTracker();
        HandResult expected = tracker.CreateResult();
        byte[][] frames = [Photos.Pointing, Photos.Pointing, Photos.Hook];
        for (int i = 0; i < frames.Length; i++)
        {
            byte[] packed = Photos.Pack(frames[i]);
            JsonObject request = Photos.Request(packed, 1);
            request["parameters"] = new JsonObject { ["sequence_id"] = 71, ["sequence_start"] = i == 0, ["sequence_end"] = i == frames.Length - 1 };
            Answer answer = await Answer.OfAsync(await _server.InferAsync(request, packed));

            RgbImage image = RgbImage.Decode(frames[i]);
            tracker.Predict(image, Camera.Guess(image.Width, image.Height), expected);
            answer.AssertHands(expected, 0);
            Assert.Equal(expected.Hands.ToArray().Select(hand => hand.Id ?? -1), answer.Ints("ID"));
        }

        byte[] late = Photos.Pack(Photos.Hook);
        JsonObject after = Photos.Request(late, 1);
        after["parameters"] = new JsonObject { ["sequence_id"] = 71 };
        Assert.Contains("sequence 71 is not known", await Refused.ReadAsync(await _server.InferAsync(after, late), HttpStatusCode.BadRequest));
    }
}
