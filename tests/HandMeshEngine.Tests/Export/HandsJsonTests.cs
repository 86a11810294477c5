using System.Text.Json;
using HandMeshEngine.Export;

namespace HandMeshEngine.Tests.Export;

public sealed class HandsJsonTests
{
    private static readonly string[] _handMembers =
        ["handedness", "score", "root", "translation", "joints", "keypoints", "vertexCount", "handSize", "handSizeSource", "box", "crop", "placement"];

    [Fact]
    public void The_document_has_the_promised_members_in_order()
    {
        using JsonDocument document = JsonDocument.Parse(Written(TestHands.Pair()));
        JsonElement root = document.RootElement;

        Assert.Equal(["image", "camera", "system", "device", "hands"], Names(root));
        Assert.Equal(["width", "height"], Names(root.GetProperty("image")));
        Assert.Equal(["fx", "fy", "cx", "cy", "source"], Names(root.GetProperty("camera")));
        Assert.All(root.GetProperty("hands").EnumerateArray(), hand => Assert.Equal(_handMembers, Names(hand)));
    }

    [Fact]
    public void Every_number_reads_back_exactly()
    {
        HandMesh[] hands = TestHands.Pair();
        hands[1].Box = new HandBox(1.5, 2, 30, 40);
        using JsonDocument document = JsonDocument.Parse(Written(hands));
        JsonElement root = document.RootElement;

        Assert.Equal("guess", root.GetProperty("camera").GetProperty("source").GetString());
        Assert.Equal(480.0, root.GetProperty("camera").GetProperty("fx").GetDouble());
        for (int k = 0; k < hands.Length; k++)
        {
            JsonElement hand = root.GetProperty("hands")[k];
            Assert.Equal(k == 0 ? "left" : "right", hand.GetProperty("handedness").GetString());
            Assert.Equal(hands[k].Score, hand.GetProperty("score").GetSingle());
            Assert.Equal(hands[k].Joints.ToArray(), hand.GetProperty("joints").EnumerateArray().Select(Point));
            Assert.Equal(hands[k].Root, Point(hand.GetProperty("root")));
            Assert.Equal(hands[k].Translation, Point(hand.GetProperty("translation")));
            Assert.Equal(
                hands[k].Keypoints.ToArray(),
                hand.GetProperty("keypoints").EnumerateArray().Select(p => new Vector2(p[0].GetSingle(), p[1].GetSingle())));
            Assert.Equal(1360, hand.GetProperty("vertexCount").GetInt32());
            Assert.Equal(hands[k].Box?.X, k == 0 ? null : hand.GetProperty("box").GetProperty("x").GetDouble());
            Assert.Equal(hands[k].Crop.Width, hand.GetProperty("crop").GetProperty("width").GetDouble());
            Assert.Equal(hands[k].Placement.Condition, hand.GetProperty("placement").GetProperty("condition").GetSingle());
        }
    }

    [Fact]
    public void A_hand_without_a_place_has_null_where_numbers_would_mislead()
    {
        using JsonDocument document = JsonDocument.Parse(Written([TestHands.Unplaced()]));
        JsonElement hand = document.RootElement.GetProperty("hands")[0];

        Assert.Equal(JsonValueKind.Null, hand.GetProperty("root").ValueKind);
        Assert.Equal(JsonValueKind.Null, hand.GetProperty("translation").ValueKind);
        Assert.Equal(JsonValueKind.Null, hand.GetProperty("joints").ValueKind);
        Assert.Equal(21, hand.GetProperty("keypoints").GetArrayLength());
        Assert.False(hand.GetProperty("placement").GetProperty("isPlaced").GetBoolean());
        Assert.Contains("degenerate", hand.GetProperty("placement").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
    }

    [Fact]
    public void Points_stay_on_one_line()
    {
        string[] lines = Written(TestHands.Of("fist")).Split('\n');

        Assert.Equal(21, lines.Single(line => line.Contains("\"joints\"")).Split("], [").Length);
        Assert.Equal(21, lines.Single(line => line.Contains("\"keypoints\"")).Split("], [").Length);
    }

    [Fact]
    public void Keypoints_that_are_not_finite_become_null()
    {
        HandMesh hand = TestHands.Unplaced();
        hand.WritableKeypoints[3] = new Vector2(float.NaN, 2);
        using JsonDocument document = JsonDocument.Parse(Written([hand]));
        JsonElement keypoint = document.RootElement.GetProperty("hands")[0].GetProperty("keypoints")[3];

        Assert.Equal(JsonValueKind.Null, keypoint[0].ValueKind);
        Assert.Equal(2, keypoint[1].GetInt32());
    }

    [Fact]
    public void A_sequence_line_is_one_line_with_frame_file_and_ids()
    {
        HandMesh[] hands = TestHands.Pair();
        hands[1].Id = 7;
        using var stream = new MemoryStream();
        HandsJson.WriteLine(stream, Record(hands), 12, "frame_012.jpg");
        string text = Encoding.UTF8.GetString(stream.ToArray());
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;

        Assert.Equal(text.Length - 1, text.IndexOf('\n'));
        Assert.Equal(["frame", "file", "image", "camera", "system", "device", "hands"], Names(root));
        Assert.Equal(12, root.GetProperty("frame").GetInt32());
        Assert.Equal("frame_012.jpg", root.GetProperty("file").GetString());
        Assert.Equal(["id", .. _handMembers], Names(root.GetProperty("hands")[1]));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("hands")[0].GetProperty("id").ValueKind);
        Assert.Equal(7, root.GetProperty("hands")[1].GetProperty("id").GetInt32());
    }

    [Fact]
    public void Saving_writes_the_same_document()
    {
        using var folder = new TemporaryFolder();
        HandsJson.Save(folder.File("a.hands.json"), Record(TestHands.Pair()));

        Assert.Equal(Written(TestHands.Pair()), File.ReadAllText(folder.File("a.hands.json")));
        Assert.Equal(["a.hands.json"], folder.Files);
    }

    private static PredictionRecord Record(HandMesh[] hands) =>
        new(480, 320, Camera.Guess(480, 320), "mediapipe-hand", "cpu", hands);

    private static string Written(HandMesh[] hands)
    {
        using var stream = new MemoryStream();
        HandsJson.Write(stream, Record(hands));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    private static Vector3 Point(JsonElement p) => new(p[0].GetSingle(), p[1].GetSingle(), p[2].GetSingle());
}
