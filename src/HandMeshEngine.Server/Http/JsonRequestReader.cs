using System.Buffers.Binary;
using System.Text.Json;
using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Http;

/// <summary>
/// Reads the JSON of an inference request, with tensors that lie packed behind it. Numbers go straight into packed elements: a document
/// in memory would be many times as large as the body.
/// </summary>
internal ref struct JsonRequestReader
{
    private const int MostTensors = 32;
    private const int MostDimensions = 16;
    private const int Depth = 24;

    private readonly ReadOnlyMemory<byte> _json;
    private ReadOnlyMemory<byte> _packed;

    private JsonRequestReader(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> packed) => (_json, _packed) = (json, packed);

    /// <summary>Reads a request.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="packed">What follows it: the tensors with a <c>binary_data_size</c>, in their order.</param>
    /// <exception cref="Refusal">It is no JSON, or not such a request.</exception>
    public static InferRequest Read(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> packed)
    {
        try
        {
            return new JsonRequestReader(json, packed).Read();
        }
        catch (JsonException exception)
        {
            throw Refusal.Invalid($"the body is no JSON (line {exception.LineNumber}, byte {exception.BytePositionInLine} of it)");
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            // A string where a number belongs, or half of a surrogate pair.
            throw Refusal.Invalid("a value of the JSON has the wrong type, or a string of it is no text");
        }
    }

    private InferRequest Read()
    {
        var reader = new Utf8JsonReader(_json.Span, new JsonReaderOptions { MaxDepth = Depth });
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartObject, "the body must be a JSON object with inputs");
        var request = new InferRequest { Inputs = [] };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                request = request with { Id = Text(ref reader, "id") };
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                ReadParameters(ref reader, ref request);
            }
            else if (reader.ValueTextEquals("inputs"u8))
            {
                request = request with { Inputs = ReadInputs(ref reader) };
            }
            else if (reader.ValueTextEquals("outputs"u8))
            {
                request = request with { Outputs = ReadOutputs(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        Require(!reader.Read(), "something follows the JSON object; a body with packed tensors needs the header Inference-Header-Content-Length");
        Require(_packed.IsEmpty, $"{_packed.Length} bytes follow the packed tensors; each needs a binary_data_size");
        return request;
    }

    private static void ReadParameters(ref Utf8JsonReader reader, ref InferRequest request)
    {
        BeginObject(ref reader, "parameters");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sequence_id"u8))
            {
                reader.Read();
                string id = reader.TokenType == JsonTokenType.String ? reader.GetString()! : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : throw Refusal.Invalid("sequence_id must be a whole number or a string");
                request = request with { SequenceId = RequestParameters.SequenceId(id) };
            }
            else if (reader.ValueTextEquals("sequence_start"u8))
            {
                request = request with { SequenceStart = Flag(ref reader, "sequence_start") };
            }
            else if (reader.ValueTextEquals("sequence_end"u8))
            {
                request = request with { SequenceEnd = Flag(ref reader, "sequence_end") };
            }
            else if (reader.ValueTextEquals("binary_data_output"u8))
            {
                request = request with { BinaryOutputs = Flag(ref reader, "binary_data_output") };
            }
            else if (reader.ValueTextEquals("timeout"u8))
            {
                request = request with { Timeout = RequestParameters.Timeout(Whole(ref reader, "timeout")) };
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private List<InputTensor> ReadInputs(ref Utf8JsonReader reader)
    {
        var inputs = new List<InputTensor>();
        BeginArray(ref reader, "inputs");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(inputs.Count < MostTensors, $"there are more than {MostTensors} inputs");
            Require(reader.TokenType == JsonTokenType.StartObject, "each of the inputs must be an object");
            inputs.Add(ReadInput(ref reader));
        }

        return inputs;
    }

    private InputTensor ReadInput(ref Utf8JsonReader reader)
    {
        string? name = null, type = null;
        long[]? shape = null;
        (int Start, int End) data = (-1, -1);
        long packed = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = Text(ref reader, "the name of an input");
            }
            else if (reader.ValueTextEquals("datatype"u8))
            {
                type = Text(ref reader, "datatype");
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                shape = ReadShape(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                BeginArray(ref reader, "data");
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = (start, (int)reader.BytesConsumed);
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                packed = ReadPackedSize(ref reader) ?? packed;
            }
            else
            {
                reader.Skip();
            }
        }

        Require(name is not null && shape is not null, "an input has no name or no shape");
        Require(ModelsName(name!), "there is no input of that name; ask for the model's metadata");
        DataType datatype = DataTypes.Parse(type, name!);
        Require(data.Start < 0 || packed < 0, $"{name} has both data and a binary_data_size");
        if (packed >= 0)
        {
            Require(packed <= _packed.Length, $"{name} is to have {packed} packed bytes, but only {_packed.Length} are left of the body");
            ReadOnlyMemory<byte> part = _packed[..(int)packed];
            _packed = _packed[(int)packed..];
            return InputTensor.Packed(name!, datatype, shape!, part);
        }

        Require(data.Start >= 0, $"{name} has no data");
        ReadOnlySpan<byte> json = _json.Span[data.Start..data.End];
        return datatype == DataType.Bytes
            ? InputTensor.OfStrings(name!, shape!, ReadStrings(json, name!))
            : InputTensor.Numbers(name!, datatype, shape!, ReadNumbers(json, datatype, name!));
    }

    // Keeps the sender's text out of the sentences that go back and into the log.
    private static bool ModelsName(string name) => Models.ModelSignature.Inputs.Any(info => info.Name == name);

    private static long[] ReadShape(ref Utf8JsonReader reader)
    {
        var shape = new List<long>();
        BeginArray(ref reader, "shape");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(shape.Count < MostDimensions, "a shape has too many dimensions");
            Require(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long side) && side >= 0, "a shape must be whole numbers from 0");
            shape.Add(reader.GetInt64());
        }

        return [.. shape];
    }

    private static long? ReadPackedSize(ref Utf8JsonReader reader)
    {
        long? size = null;
        BeginObject(ref reader, "parameters");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("binary_data_size"u8))
            {
                size = Whole(ref reader, "binary_data_size");
                Require(size >= 0, "binary_data_size must be a whole number from 0");
            }
            else
            {
                reader.Skip();
            }
        }

        return size;
    }

    private static List<RequestedOutput> ReadOutputs(ref Utf8JsonReader reader)
    {
        var outputs = new List<RequestedOutput>();
        BeginArray(ref reader, "outputs");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(outputs.Count < MostTensors, $"there are more than {MostTensors} outputs");
            Require(reader.TokenType == JsonTokenType.StartObject, "each of the outputs must be an object");
            string? name = null;
            bool? binary = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("name"u8))
                {
                    name = Text(ref reader, "the name of an output");
                }
                else if (reader.ValueTextEquals("parameters"u8))
                {
                    binary = ReadBinary(ref reader) ?? binary;
                }
                else
                {
                    reader.Skip();
                }
            }

            outputs.Add(new RequestedOutput(name ?? throw Refusal.Invalid("an output has no name"), binary));
        }

        return outputs;
    }

    private static bool? ReadBinary(ref Utf8JsonReader reader)
    {
        bool? binary = null;
        BeginObject(ref reader, "parameters");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("binary_data"u8))
            {
                binary = Flag(ref reader, "binary_data");
            }
            else
            {
                reader.Skip();
            }
        }

        return binary;
    }

    // Flat or nested as the shape is: the order is the same.
    private static byte[] ReadNumbers(ReadOnlySpan<byte> json, DataType type, string name)
    {
        int size = type.Size();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        byte[] data = new byte[64 * size];
        int length = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray)
            {
                continue;
            }

            if (length + size > data.Length)
            {
                Array.Resize(ref data, data.Length * 2);
            }

            if (!TryWrite(ref reader, type, data.AsSpan(length, size)))
            {
                throw Refusal.Invalid($"element {length / size} of {name} is no {type.Name()}");
            }

            length += size;
        }

        return data[..length];
    }

    private static bool TryWrite(ref Utf8JsonReader reader, DataType type, Span<byte> to)
    {
        if (type == DataType.Bool)
        {
            to[0] = reader.TokenType == JsonTokenType.True ? (byte)1 : (byte)0;
            return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
        }

        // A JSON number cannot say "not known"; null can.
        if (reader.TokenType == JsonTokenType.Null && type == DataType.Fp32)
        {
            BinaryPrimitives.WriteSingleLittleEndian(to, float.NaN);
            return true;
        }

        if (reader.TokenType == JsonTokenType.Null && type == DataType.Fp64)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(to, double.NaN);
            return true;
        }

        if (reader.TokenType != JsonTokenType.Number)
        {
            return false;
        }

        switch (type)
        {
            case DataType.Fp32:
                bool isSingle = reader.TryGetSingle(out float single);
                BinaryPrimitives.WriteSingleLittleEndian(to, single);
                return isSingle;
            case DataType.Fp64:
                bool isDouble = reader.TryGetDouble(out double real);
                BinaryPrimitives.WriteDoubleLittleEndian(to, real);
                return isDouble;
            case DataType.Uint64:
                bool isWhole = reader.TryGetUInt64(out ulong unsigned);
                BinaryPrimitives.WriteUInt64LittleEndian(to, unsigned);
                return isWhole;
            default:
                return reader.TryGetInt64(out long whole) && TryWriteWhole(whole, type, to);
        }
    }

    private static bool TryWriteWhole(long value, DataType type, Span<byte> to)
    {
        int bits = 8 * type.Size();
        bool isSigned = type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64;
        bool fits = bits == 64 || (isSigned ? value >= -(1L << (bits - 1)) && value < 1L << (bits - 1) : value >= 0 && value < 1L << bits);
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(all, value);
        all[..to.Length].CopyTo(to);
        return fits;
    }

    // Files are no text, so they travel as base64; the side of a hand is short and plain.
    private static List<ReadOnlyMemory<byte>> ReadStrings(ReadOnlySpan<byte> json, string name)
    {
        var strings = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray)
            {
                continue;
            }

            Require(reader.TokenType == JsonTokenType.String, $"element {strings.Count} of {name} is no string");
            if (name != Models.ModelSignature.Image)
            {
                strings.Add(Encoding.UTF8.GetBytes(reader.GetString()!));
            }
            else if (reader.TryGetBytesFromBase64(out byte[]? file))
            {
                strings.Add(file);
            }
            else
            {
                throw Refusal.Invalid($"element {strings.Count} of {name} is no base64; in JSON, files travel as base64, and else behind it (binary_data_size)");
            }
        }

        return strings;
    }

    private static string Text(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 1024, $"{what} must be a string of at most 1024 bytes");
        return reader.GetString()!;
    }

    private static bool Flag(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        Require(reader.TokenType is JsonTokenType.True or JsonTokenType.False, $"{what} must be true or false");
        return reader.TokenType == JsonTokenType.True;
    }

    private static long Whole(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        long value = 0;
        Require(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value), $"{what} must be a whole number");
        return value;
    }

    private static void BeginObject(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartObject, $"{what} must be an object");
    }

    private static void BeginArray(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartArray, $"{what} must be an array");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw Refusal.Invalid(message);
        }
    }
}
