using System.Buffers;
using System.Text.Json;

namespace HandMeshEngine.Checkpoints;

/// <summary>Composes the JSON header of a safetensors file.</summary>
internal static class SafetensorsHeaderWriter
{
    /// <summary>The header, padded with spaces so that the data section starts on a multiple of 8.</summary>
    /// <param name="tensors">Names in header order, and metadata.</param>
    /// <param name="placed">The same tensors in the order of their data.</param>
    public static byte[] Compose(TensorMap tensors, IReadOnlyList<KeyValuePair<string, Tensor>> placed)
    {
        var begins = new Dictionary<string, long>(StringComparer.Ordinal);
        long at = 0;
        foreach ((string name, Tensor tensor) in placed)
        {
            begins.Add(name, at);
            at += tensor.Bytes.Length;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteMetadata(writer, tensors.Metadata);
            foreach ((string name, Tensor tensor) in tensors)
            {
                WriteEntry(writer, name, tensor, begins[name]);
            }

            writer.WriteEndObject();
        }

        int padded = (buffer.WrittenCount + 7) / 8 * 8;
        byte[] header = new byte[padded];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter writer, Dictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("__metadata__");
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, string name, Tensor tensor, long begin)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dtype", NameOf(tensor.Type));
        writer.WriteStartArray("shape");
        foreach (int extent in tensor.Shape.Extents)
        {
            writer.WriteNumberValue(extent);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(begin + tensor.Bytes.Length);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string NameOf(DType type) => type switch
    {
        DType.Float32 => "F32",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Float64 => "F64",
        DType.Int8 => "I8",
        DType.Int16 => "I16",
        DType.Int32 => "I32",
        DType.Int64 => "I64",
        DType.UInt8 => "U8",
        DType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an element type"),
    };
}
