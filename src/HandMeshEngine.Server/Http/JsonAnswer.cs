using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Http;

/// <summary>Answers as JSON. Numbers are the shortest that read back to the same bits.</summary>
internal static class JsonAnswer
{
    /// <summary>An answer: JSON, then the outputs that were asked for packed.</summary>
    /// <returns>Bytes of the JSON; null if nothing follows it.</returns>
    public static int? Write(IBufferWriter<byte> body, InferResponse response, InferRequest request)
    {
        bool[] packed = [.. response.Outputs.Select(output => request.Outputs.FirstOrDefault(asked => asked.Name == output.Name)?.Binary ?? request.BinaryOutputs)];
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("model_name"u8, response.Model);
        json.WriteString("model_version"u8, ModelSignature.Version);
        if (response.Id.Length > 0)
        {
            json.WriteString("id"u8, response.Id);
        }

        json.WriteStartObject("parameters"u8);
        json.WriteNumber("queue_ms"u8, Math.Round(response.WaitedMs, 3));
        json.WriteNumber("run_ms"u8, Math.Round(response.RanMs, 3));
        json.WriteEndObject();
        json.WriteStartArray("outputs"u8);
        for (int i = 0; i < packed.Length; i++)
        {
            Write(json, response.Outputs[i], packed[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        for (int i = 0; i < packed.Length; i++)
        {
            if (packed[i])
            {
                Pack(body, response.Outputs[i]);
            }
        }

        return packed.Contains(true) ? (int)json.BytesCommitted : null;
    }

    /// <summary>What the server is.</summary>
    public static void WriteServer(Utf8JsonWriter json, string version)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, "handmesh");
        json.WriteString("version"u8, version);
        json.WriteStartArray("extensions"u8);
        foreach (string extension in ServerFacts.Extensions)
        {
            json.WriteStringValue(extension);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What a model takes and gives.</summary>
    public static void WriteModel(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, model.Name);
        json.WriteStartArray("versions"u8);
        json.WriteStringValue(ModelSignature.Version);
        json.WriteEndArray();
        json.WriteString("platform"u8, ModelSignature.Platform);
        Write(json, "inputs", ModelSignature.Inputs);
        Write(json, "outputs", ModelSignature.Outputs);
        json.WriteStartObject("properties"u8);
        foreach ((string key, string value) in ServerFacts.Of(model))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The models with their states.</summary>
    public static void WriteIndex(Utf8JsonWriter json, IEnumerable<ServedModel> models)
    {
        json.WriteStartArray();
        foreach (ServedModel model in models)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, model.Name);
            json.WriteString("version"u8, ModelSignature.Version);
            json.WriteString("state"u8, model.State.ToString().ToUpperInvariant());
            json.WriteString("reason"u8, model.StateReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<TensorInfo> tensors)
    {
        json.WriteStartArray(name);
        foreach (TensorInfo tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tensor.Name);
            json.WriteString("datatype"u8, tensor.DataType.Name());
            WriteShape(json, tensor.Shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, OutputTensor output, bool packed)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, output.Name);
        json.WriteString("datatype"u8, output.DataType.Name());
        WriteShape(json, output.Shape);
        if (packed)
        {
            json.WriteStartObject("parameters"u8);
            json.WriteNumber("binary_data_size"u8, output.PackedLength);
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("data"u8);
            WriteData(json, output);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, long[] shape)
    {
        json.WriteStartArray("shape"u8);
        foreach (long side in shape)
        {
            json.WriteNumberValue(side);
        }

        json.WriteEndArray();
    }

    private static void WriteData(Utf8JsonWriter json, OutputTensor output)
    {
        ReadOnlySpan<byte> data = output.Data;
        int size = output.DataType.Size();
        switch (output.DataType)
        {
            case DataType.Fp32:
                for (int i = 0; i < data.Length; i += size)
                {
                    WriteNumber(json, BinaryPrimitives.ReadSingleLittleEndian(data[i..]));
                }

                break;
            case DataType.Fp64:
                for (int i = 0; i < data.Length; i += size)
                {
                    json.WriteNumberValue(BinaryPrimitives.ReadDoubleLittleEndian(data[i..]));
                }

                break;
            case DataType.Int32:
                for (int i = 0; i < data.Length; i += size)
                {
                    json.WriteNumberValue(BinaryPrimitives.ReadInt32LittleEndian(data[i..]));
                }

                break;
            default:
                foreach (byte[] text in output.Strings)
                {
                    if (output.Name == ModelSignature.Glb)
                    {
                        json.WriteBase64StringValue(text);
                    }
                    else
                    {
                        json.WriteStringValue(text);
                    }
                }

                break;
        }
    }

    // JSON has no word for a condition without bound.
    private static void WriteNumber(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void Pack(IBufferWriter<byte> body, OutputTensor output)
    {
        body.Write(output.Data);
        foreach (byte[] text in output.Strings)
        {
            BinaryPrimitives.WriteInt32LittleEndian(body.GetSpan(sizeof(int)), text.Length);
            body.Advance(sizeof(int));
            body.Write(text);
        }
    }
}
