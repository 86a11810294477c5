using System.Numerics;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Server.Tests;

/// <summary>An answer as a client reads it: by the protocol's words alone.</summary>
internal sealed class Answer
{
    private readonly Dictionary<string, byte[]> _packed = [];

    private Answer(JsonObject json) => Json = json;

    public JsonObject Json { get; }

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {Encoding.UTF8.GetString(body)}");
        int head = response.Headers.TryGetValues("Inference-Header-Content-Length", out IEnumerable<string>? length) ? int.Parse(length.Single(), System.Globalization.CultureInfo.InvariantCulture) : body.Length;
        var answer = new Answer(JsonNode.Parse(body.AsSpan(0, head))!.AsObject());
        int at = head;
        foreach (JsonNode? output in answer.Json["outputs"]!.AsArray())
        {
            if (output!["parameters"]?["binary_data_size"]?.GetValue<int>() is { } size)
            {
                answer._packed.Add(output["name"]!.GetValue<string>(), body[at..(at + size)]);
                at += size;
            }
        }

        Assert.Equal(body.Length, at);
        return answer;
    }

    public long[] Shape(string name) => Output(name)["shape"].Deserialize<long[]>()!;

    public float[] Floats(string name) => _packed.TryGetValue(name, out byte[]? packed) ? MemoryMarshal.Cast<byte, float>(packed).ToArray() : Output(name)["data"].Deserialize<float[]>()!;

    public int[] Ints(string name) => _packed.TryGetValue(name, out byte[]? packed) ? MemoryMarshal.Cast<byte, int>(packed).ToArray() : Output(name)["data"].Deserialize<int[]>()!;

    public byte[] Packed(string name) => _packed[name];

    /// <summary>Row of one hand of one image.</summary>
    public float[] Hand(string name, int image, int hand)
    {
        long[] shape = Shape(name);
        int row = (int)shape.Skip(2).Aggregate(1L, (product, side) => product * side);
        return Floats(name)[(int)(((image * shape[1]) + hand) * row)..][..row];
    }

    /// <summary>That the hands of an image are those of the library, bit for bit.</summary>
    public void AssertHands(HandResult expected, int image)
    {
        Assert.Equal(expected.Count, Ints("HANDS")[image]);
        for (int i = 0; i < expected.Count; i++)
        {
            HandMesh hand = expected[i];
            Assert.Equal(MemoryMarshal.Cast<Vector3, float>(hand.Vertices).ToArray(), Hand("VERTICES", image, i));
            Assert.Equal(MemoryMarshal.Cast<Vector3, float>(hand.Joints).ToArray(), Hand("JOINTS", image, i));
            Assert.Equal(MemoryMarshal.Cast<Vector3, float>(hand.RelativeJoints).ToArray(), Hand("RELATIVE_JOINTS", image, i));
            Assert.Equal(MemoryMarshal.Cast<Vector2, float>(hand.Keypoints).ToArray(), Hand("KEYPOINTS", image, i));
            Assert.Equal([hand.Score], Hand("SCORE", image, i));
            Assert.Equal([hand.RightProbability], Hand("RIGHT_PROBABILITY", image, i));
            Assert.Equal(
                [hand.Translation.X, hand.Translation.Y, hand.Translation.Z, hand.Size, hand.Placement.Condition, hand.Placement.ResidualPixels],
                Hand("PLACEMENT", image, i));
            Assert.Equal((int)hand.Placement.Flags, Ints("PLACEMENT_FLAGS")[(int)(image * Shape("SCORE")[1]) + i]);
        }
    }

    private JsonNode Output(string name) => Json["outputs"]!.AsArray().Single(output => output!["name"]!.GetValue<string>() == name)!;
}
