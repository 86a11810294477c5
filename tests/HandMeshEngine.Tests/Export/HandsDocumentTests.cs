using System.Text.Json;
using HandMeshEngine.Export;

namespace HandMeshEngine.Tests.Export;

public sealed class HandsDocumentTests
{
    private static readonly JsonElement _schema =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(CaseFolders.Repository!, "docs", "hands.schema.json"))).RootElement;

    [Fact]
    public void What_was_written_is_read_back_to_the_bit()
    {
        HandMesh[] hands = [.. TestHands.Pair(), TestHands.Unplaced()];
        hands[0].Box = new HandBox(1.5, 2, 30, 40);
        HandsDocument document = HandsDocument.From(Record(hands));

        Assert.Equal(("some", "cpu", 640), (document.System!, document.Device!, document.Image!.Width));
        Assert.Equal(hands[0].Camera.Fx, document.Camera!.Fx);
        for (int i = 0; i < hands.Length; i++)
        {
            HandsHand read = document.Hands[i];
            Assert.Equal(hands[i].Placement.IsPlaced ? hands[i].Joints.ToArray() : null, read.Joints);
            Assert.Equal(hands[i].Placement.IsPlaced ? hands[i].Vertices.ToArray() : null, read.Vertices);
            Assert.Equal(hands[i].Placement.IsPlaced ? hands[i].Root : null, read.Root);
            Assert.Equal(hands[i].Keypoints.ToArray(), read.Keypoints);
            Assert.Equal(hands[i].Pose.LocalRotations.ToArray(), read.Rotations);
            Assert.Equal(hands[i].Handedness.ToString().ToLowerInvariant(), read.Handedness);
            Assert.Equal(hands[i].Placement.IsPlaced, read.Placement.IsPlaced);
        }

        Assert.Equal(new HandsBox(1.5, 2, 30, 40), document.Hands[0].Box);
    }

    [Fact]
    public void A_program_serialises_results_without_reflection_and_loses_nothing()
    {
        HandsDocument document = HandsDocument.From(Record(TestHands.Pair()));
        string text = JsonSerializer.Serialize(document, HandsJsonContext.Default.HandsDocument);
        string again = JsonSerializer.Serialize(JsonSerializer.Deserialize(text, HandsJsonContext.Default.HandsDocument)!, HandsJsonContext.Default.HandsDocument);

        Assert.Equal(text, again);
        Valid(JsonDocument.Parse(text).RootElement);
    }

    [Fact]
    public void Documents_lines_and_problems_are_what_the_schema_says()
    {
        using var stream = new MemoryStream();
        PredictionRecord record = Record([.. TestHands.Pair(), TestHands.Unplaced()]);
        HandsJson.WriteLine(stream, record, 3, "a.jpg", 0.1);
        HandsJson.WriteProblem(stream, 4, "b.jpg", null, "cut off", "run");
        HandsJson.WriteLine(stream, record with { Hands = [], WithVertices = false }, 5, "c.jpg");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("hands.jsonl"), stream.ToArray());

        foreach (string line in File.ReadLines(folder.File("hands.jsonl")))
        {
            Valid(JsonDocument.Parse(line).RootElement);
        }

        HandsDocument[] lines = [.. HandsDocument.ReadLines(folder.File("hands.jsonl"))];
        Assert.Equal([3, 4, 5], lines.Select(line => line.Frame!.Value));
        Assert.Equal([3, 0, 0], lines.Select(line => line.Hands.Count));
        Assert.Equal("cut off", lines[1].Problem);
        Assert.Equal(0.1, lines[0].Seconds);
    }

    [Fact]
    public void The_schema_refuses_what_is_wrong()
    {
        string text = JsonSerializer.Serialize(HandsDocument.From(Record(TestHands.Pair())), HandsJsonContext.Default.HandsDocument);
        foreach ((string good, string bad) in new[] { ("\"handedness\":\"left\"", "\"handedness\":\"Left\""), ("\"image\"", "\"picture\""), ("\"isPlaced\":true", "\"isPlaced\":1") })
        {
            Assert.Contains(good, text);
            Assert.NotNull(Problem(JsonDocument.Parse(text.Replace(good, bad, StringComparison.Ordinal)).RootElement, _schema, "$"));
        }
    }

    [Theory]
    [InlineData("{\"hands\":[{\"handedness\":3}]}", "$.hands[0].handedness")]
    [InlineData("{\"hands\":[", "line 1")]
    [InlineData("[1]", "$")]
    [InlineData("{\"hands\":[{\"handedness\":\"left\",\"keypoints\":[[1]],\"placement\":{}}]}", "$.hands[0].keypoints")]
    public void What_is_no_document_is_refused_with_its_place(string text, string where) =>
        Assert.Contains(where, Assert.Throws<FormatException>(() => HandsDocument.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message);

    private static PredictionRecord Record(IReadOnlyList<HandMesh> hands) =>
        new(640, 480, hands[0].Camera, "some", "cpu", hands) { WithVertices = true, WithRotations = true };

    private static void Valid(JsonElement value)
    {
        string? problem = Problem(value, _schema, "$");
        Assert.True(problem is null, problem);
    }

    // The words of JSON Schema that ours uses.
    private static string? Problem(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Problem(value, _schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), at);
        }

        if (schema.TryGetProperty("enum", out JsonElement choices) && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
        {
            return $"{at} is {value}";
        }

        if (schema.TryGetProperty("type", out JsonElement type)
            && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1)).Any(name => Is(value, name.GetString()!)))
        {
            return $"{at} is no {type}";
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            int count = value.GetArrayLength();
            return (schema.TryGetProperty("minItems", out JsonElement least) && count < least.GetInt32()) || (schema.TryGetProperty("maxItems", out JsonElement most) && count > most.GetInt32())
                ? $"{at} has {count} items"
                : value.EnumerateArray().Select((item, i) => Problem(item, schema.GetProperty("items"), $"{at}[{i}]")).FirstOrDefault(problem => problem is not null);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonElement properties = schema.GetProperty("properties");
        if (schema.TryGetProperty("required", out JsonElement required)
            && required.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _) && !MayBeNull(properties.GetProperty(name.GetString()!))) is { ValueKind: JsonValueKind.String } missing)
        {
            return $"{at} lacks {missing}";
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            string? problem = properties.TryGetProperty(member.Name, out JsonElement inner) ? Problem(member.Value, inner, $"{at}.{member.Name}")
                : schema.GetProperty("additionalProperties").GetBoolean() ? null : $"{at} has {member.Name}";
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    // Programs leave out what is null.
    private static bool MayBeNull(JsonElement schema) => schema.TryGetProperty("$ref", out JsonElement reference)
        ? MayBeNull(_schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]))
        : schema.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.Array;

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
