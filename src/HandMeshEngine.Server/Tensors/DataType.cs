namespace HandMeshEngine.Server.Tensors;

/// <summary>The protocol's element types.</summary>
internal enum DataType
{
    Bool,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Int8,
    Int16,
    Int32,
    Int64,
    Fp32,
    Fp64,

    /// <summary>Strings of bytes, each with its length before it where they are packed.</summary>
    Bytes,
}

/// <summary>Names and sizes of element types.</summary>
internal static class DataTypes
{
    /// <summary>As the protocol writes it.</summary>
    public static string Name(this DataType type) => type switch
    {
        DataType.Bool => "BOOL",
        DataType.Uint8 => "UINT8",
        DataType.Uint16 => "UINT16",
        DataType.Uint32 => "UINT32",
        DataType.Uint64 => "UINT64",
        DataType.Int8 => "INT8",
        DataType.Int16 => "INT16",
        DataType.Int32 => "INT32",
        DataType.Int64 => "INT64",
        DataType.Fp32 => "FP32",
        DataType.Fp64 => "FP64",
        _ => "BYTES",
    };

    /// <summary>Bytes of one element; 0 for strings.</summary>
    public static int Size(this DataType type) => type switch
    {
        DataType.Bool or DataType.Uint8 or DataType.Int8 => 1,
        DataType.Uint16 or DataType.Int16 => 2,
        DataType.Uint32 or DataType.Int32 or DataType.Fp32 => 4,
        DataType.Uint64 or DataType.Int64 or DataType.Fp64 => 8,
        _ => 0,
    };

    /// <exception cref="Refusal">It names none that this server reads.</exception>
    public static DataType Parse(string? name, string tensor)
    {
        foreach (DataType type in Enum.GetValues<DataType>())
        {
            if (type.Name() == name)
            {
                return type;
            }
        }

        throw Refusal.Invalid(name is "FP16" or "BF16"
            ? $"{tensor} is {name}, which this server does not read; send FP32"
            : $"the datatype of {tensor} is none of {string.Join(", ", Enum.GetValues<DataType>().Select(Name))}");
    }
}
