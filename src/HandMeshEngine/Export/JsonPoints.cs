using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HandMeshEngine.Export;

/// <summary>Points as arrays of numbers, null for what is not finite.</summary>
internal static class JsonPoints
{
    /// <summary>Reads one point into as many numbers as it has.</summary>
    public static void Read(ref Utf8JsonReader reader, scoped Span<float> values)
    {
        Require(reader.TokenType == JsonTokenType.StartArray);
        foreach (ref float value in values)
        {
            reader.Read();
            Require(reader.TokenType is JsonTokenType.Number or JsonTokenType.Null);
            value = reader.TokenType == JsonTokenType.Null ? float.NaN : reader.GetSingle();
        }

        reader.Read();
        Require(reader.TokenType == JsonTokenType.EndArray);
    }

    /// <summary>Reads a list of points.</summary>
    public static T[] ReadAll<T>(ref Utf8JsonReader reader)
        where T : unmanaged
    {
        Require(reader.TokenType == JsonTokenType.StartArray);
        var points = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            T point = default;
            Read(ref reader, MemoryMarshal.Cast<T, float>(new Span<T>(ref point)));
            points.Add(point);
        }

        return [.. points];
    }

    /// <summary>Writes one point.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<float> values)
    {
        writer.WriteStartArray();
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a list of points.</summary>
    public static void WriteAll<T>(Utf8JsonWriter writer, IReadOnlyList<T> points)
        where T : unmanaged
    {
        writer.WriteStartArray();
        foreach (T point in points)
        {
            T copy = point;
            Write(writer, MemoryMarshal.Cast<T, float>(new ReadOnlySpan<T>(ref copy)));
        }

        writer.WriteEndArray();
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new JsonException();
        }
    }
}

/// <summary>A point of three numbers.</summary>
internal sealed class JsonPoint3 : JsonConverter<Vector3?>
{
    public override Vector3? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Vector3 point = default;
        JsonPoints.Read(ref reader, MemoryMarshal.Cast<Vector3, float>(new Span<Vector3>(ref point)));
        return point;
    }

    public override void Write(Utf8JsonWriter writer, Vector3? value, JsonSerializerOptions options) =>
        JsonPoints.Write(writer, [value!.Value.X, value.Value.Y, value.Value.Z]);
}

/// <summary>Points of three numbers.</summary>
internal sealed class JsonPoints3 : JsonConverter<IReadOnlyList<Vector3>>
{
    public override IReadOnlyList<Vector3> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonPoints.ReadAll<Vector3>(ref reader);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Vector3> value, JsonSerializerOptions options) => JsonPoints.WriteAll(writer, value);
}

/// <summary>Points of two numbers.</summary>
internal sealed class JsonPoints2 : JsonConverter<IReadOnlyList<Vector2>>
{
    public override IReadOnlyList<Vector2> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonPoints.ReadAll<Vector2>(ref reader);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Vector2> value, JsonSerializerOptions options) => JsonPoints.WriteAll(writer, value);
}

/// <summary>Rotations of four numbers, x y z w.</summary>
internal sealed class JsonRotations : JsonConverter<IReadOnlyList<Quaternion>>
{
    public override IReadOnlyList<Quaternion> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonPoints.ReadAll<Quaternion>(ref reader);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Quaternion> value, JsonSerializerOptions options) => JsonPoints.WriteAll(writer, value);
}
