using System.Text.Json;
using System.Text.Unicode;

namespace HandMeshEngine.Checkpoints;

/// <summary>
/// The JSON header of a safetensors file, checked: every entry complete, names unique, and the byte ranges cover the
/// data section exactly once.
/// </summary>
internal sealed class SafetensorsHeader
{
    // Limits of the format's reference implementation; a real header has a few hundred bytes a tensor.
    private const int DeepestJson = 8;
    private const int HighestRank = 32;

    private readonly string _file;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private readonly CheckpointLimits _limits;

    private SafetensorsHeader(string file, CheckpointLimits limits) => (_file, _limits) = (file, limits);

    /// <summary>One tensor; the range is relative to the data section.</summary>
    public sealed record Entry(string Name, DType Type, Shape Shape, long Begin, long End);

    /// <summary>The tensors in the header's order.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes that the tensors take.</summary>
    public long DataLength { get; private set; }

    /// <summary>Reads the JSON; <paramref name="dataLength"/> is the length of the data section, or null if not known.</summary>
    /// <exception cref="CheckpointException">The header is damaged or does not fit the data.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, string file, long? dataLength, CheckpointLimits limits)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new CheckpointException(file, "this is not a safetensors file: its header does not start with '{'", offset: 8);
        }

        if (!Utf8.IsValid(json))
        {
            throw new CheckpointException(file, "the header is not valid UTF-8; the file is damaged", offset: 8);
        }

        var header = new SafetensorsHeader(file, limits);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestJson });
        try
        {
            header.ReadObject(ref reader);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: an escaped lone surrogate inside a string.
            throw new CheckpointException(
                file, "the header is not valid JSON; the file is damaged", offset: 8 + reader.TokenStartIndex, cause: error);
        }

        header.CheckRanges(dataLength);
        return header;
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            long at = 8 + reader.TokenStartIndex;
            if (name.Length > _limits.NameLength || _names.Count == _limits.Entries)
            {
                throw new CheckpointException(
                    _file,
                    name.Length > _limits.NameLength
                        ? $"a name of {name.Length} characters is longer than the limit of {_limits.NameLength} (CheckpointLimits.NameLength)"
                        : $"the header has more than {_limits.Entries} entries (CheckpointLimits.Entries)",
                    name[..Math.Min(name.Length, _limits.NameLength)],
                    at);
            }

            if (!_names.Add(name))
            {
                throw new CheckpointException(_file, "this name occurs twice in the header", name, at);
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new CheckpointException(_file, "the header entry is not an object", name, at);
            }

            if (name == "__metadata__")
            {
                ReadMetadata(ref reader);
            }
            else
            {
                Entries.Add(ReadEntry(ref reader, name, at));
            }
        }

        while (reader.Read())
        {
            // Nothing but white space may follow; the reader throws on anything else.
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String || !Metadata.TryAdd(key, reader.GetString()!))
            {
                throw new CheckpointException(
                    _file, $"the metadata entry '{CheckpointException.Printable(key)}' is repeated or is not a string",
                    "__metadata__", 8 + reader.TokenStartIndex);
            }
        }
    }

    private Entry ReadEntry(ref Utf8JsonReader reader, string name, long at)
    {
        DType? type = null;
        int[]? extents = null;
        long[]? range = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            if (field == "dtype" && type is null && reader.TokenType == JsonTokenType.String)
            {
                type = TypeNamed(reader.GetString()!, name, at);
            }
            else if (field == "shape" && extents is null && reader.TokenType == JsonTokenType.StartArray)
            {
                extents = [.. ReadNumbers(ref reader, name, at, int.MaxValue).Select(n => (int)n)];
            }
            else if (field == "data_offsets" && range is null && reader.TokenType == JsonTokenType.StartArray)
            {
                range = ReadNumbers(ref reader, name, at, long.MaxValue);
            }
            else
            {
                throw new CheckpointException(
                    _file, $"the field '{CheckpointException.Printable(field)}' is repeated, unknown or of the wrong kind", name, at);
            }
        }

        if (type is null || extents is null || range is not [long begin, long end])
        {
            throw new CheckpointException(_file, "the header entry needs dtype, shape and two data_offsets", name, at);
        }

        return new Entry(name, type.Value, MakeShape(extents, name, at), begin, end);
    }

    private Shape MakeShape(int[] extents, string name, long at)
    {
        try
        {
            return new Shape(extents);
        }
        catch (ArgumentException error)
        {
            throw new CheckpointException(_file, error.Message, name, at, error);
        }
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name, long at, long largest)
    {
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number)
                || number < 0 || number > largest || numbers.Count == HighestRank)
            {
                throw new CheckpointException(
                    _file, $"shape and data_offsets must be at most {HighestRank} whole numbers between 0 and {largest}", name, at);
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private DType TypeNamed(string text, string name, long at) => text switch
    {
        "F32" => DType.Float32,
        "F16" => DType.Float16,
        "BF16" => DType.BFloat16,
        "F64" => DType.Float64,
        "I8" => DType.Int8,
        "I16" => DType.Int16,
        "I32" => DType.Int32,
        "I64" => DType.Int64,
        "U8" => DType.UInt8,
        "BOOL" => DType.Bool,
        _ => throw new CheckpointException(
            _file, $"the element type '{CheckpointException.Printable(text)}' is not one of F32 F16 BF16 F64 I8 I16 I32 I64 U8 BOOL", name, at),
    };

    private void CheckRanges(long? dataLength)
    {
        long expected = 0;
        foreach (Entry entry in Entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            long size = (long)entry.Shape.Count * entry.Type.Size();
            if (entry.End < entry.Begin || entry.End - entry.Begin != size)
            {
                throw new CheckpointException(
                    _file, $"data_offsets [{entry.Begin}, {entry.End}] do not hold the {size} bytes of {entry.Type} {entry.Shape}", entry.Name);
            }

            if (entry.Begin != expected)
            {
                throw new CheckpointException(
                    _file, $"data begins at {entry.Begin} where {expected} is expected: tensors overlap or leave a gap", entry.Name);
            }

            expected = entry.End;
        }

        DataLength = expected;
        if (dataLength is long length && length != expected)
        {
            throw new CheckpointException(
                _file, $"the header describes {expected} bytes of data but the file holds {length}: it is cut off or has bytes appended");
        }
    }
}
