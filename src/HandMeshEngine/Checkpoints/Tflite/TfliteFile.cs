namespace HandMeshEngine.Checkpoints.Tflite;

/// <summary>Reads a .tflite FlatBuffer (version 3) without a schema compiler; refuses everything that the hand networks do not use.</summary>
internal static class TfliteFile
{
    // Room for networks ten times the size of the hand networks; small enough that a damaged file cannot ask for much.
    private const long LargestFile = 256 << 20;
    private const int MostTensors = 4096;
    private const int MostOperators = 4096;
    private const int MostOperands = 16;
    private const int HighestRank = 8;
    private const int LongestName = 4096;

    /// <summary>Reads a network.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, is damaged, or uses an unsupported feature.</exception>
    public static TfliteModel Read(string path)
    {
        using FileStream stream = CheckpointFiles.Open(path);
        if (stream.Length > LargestFile)
        {
            throw new CheckpointException(path, $"{stream.Length} bytes are too many for a .tflite network");
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes, path);
    }

    /// <summary>Reads a network from memory; constants are views of <paramref name="bytes"/>.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or uses an unsupported feature.</exception>
    public static TfliteModel Read(byte[] bytes, string file)
    {
        if (bytes.Length < 8 || !bytes.AsSpan(4, 4).SequenceEqual("TFL3"u8))
        {
            throw new CheckpointException(file, "this is not a .tflite file: bytes 4 to 7 are not 'TFL3'", offset: 4);
        }

        FlatTable model = FlatTable.Root(bytes, file);
        if (model.Int32(0) != 3)
        {
            throw new CheckpointException(file, $"schema version {model.Int32(0)} is not the supported version 3", offset: model.Position);
        }

        FlatTable[] graphs = model.Tables(2, most: 16);
        if (graphs.Length != 1)
        {
            throw new CheckpointException(file, $"the file holds {graphs.Length} subgraphs where one is supported", offset: model.Position);
        }

        TfliteOp[] codes = [.. model.Tables(1, most: 256).Select(code => ReadCode(code, file))];
        Memory<byte>[] buffers = [.. model.Tables(4, MostTensors * 2).Select(buffer => ReadBuffer(buffer, file))];
        TfliteTensor[] tensors = [.. graphs[0].Tables(0, MostTensors).Select(tensor => ReadTensor(tensor, buffers, file))];
        TfliteOperator[] operators =
            [.. graphs[0].Tables(3, MostOperators).Select(table => TfliteOperatorReader.Read(table, codes, tensors, file))];
        int[] inputs = graphs[0].Int32s(1, MostOperands);
        int[] outputs = graphs[0].Int32s(2, MostOperands);
        foreach (int index in inputs.Concat(outputs))
        {
            CheckIndex(index, tensors.Length, graphs[0].Position, file);
        }

        return new TfliteModel(file, tensors, operators, inputs, outputs);
    }

    /// <summary>Refuses a tensor number that the graph does not have.</summary>
    internal static void CheckIndex(int index, int count, int position, string file)
    {
        if ((uint)index >= (uint)count)
        {
            throw new CheckpointException(file, $"tensor number {index} does not exist: the graph has {count}", offset: position);
        }
    }

    private static TfliteOp ReadCode(FlatTable table, string file)
    {
        // The builtin code outgrew its byte; the newer field holds it for every value, the older one for small values.
        int code = Math.Max(table.Byte(0), table.Int32(3));
        if (!Enum.IsDefined((TfliteOp)code))
        {
            throw new CheckpointException(
                file, $"operator code {code} is not one that the hand networks use; only the published float networks are supported",
                offset: table.Position);
        }

        return (TfliteOp)code;
    }

    private static Memory<byte> ReadBuffer(FlatTable table, string file)
    {
        if (table.Int64(1) != 0 || table.Int64(2) != 0)
        {
            throw new CheckpointException(file, "a constant is stored outside the FlatBuffer, which is not supported", offset: table.Position);
        }

        return table.Bytes(0);
    }

    private static TfliteTensor ReadTensor(FlatTable table, Memory<byte>[] buffers, string file)
    {
        string name = table.Text(3, LongestName);
        if (table.Table(6) is not null)
        {
            throw new CheckpointException(file, "the tensor is sparse, which is not supported", name, table.Position);
        }

        if (table.Table(4) is FlatTable quantization && quantization.Bytes(2).Length > 0)
        {
            throw new CheckpointException(file, "the tensor is quantised, which is not supported", name, table.Position);
        }

        DType type = table.Byte(1) switch
        {
            0 => DType.Float32,
            1 => DType.Float16,
            2 => DType.Int32,
            byte other => throw new CheckpointException(
                file, $"element type {other} is not supported; the hand networks hold float32, float16 and int32", name, table.Position),
        };
        Shape shape = ReadShape(table, name, file);
        int buffer = table.Int32(2);
        if ((uint)buffer >= (uint)buffers.Length)
        {
            throw new CheckpointException(file, $"buffer number {buffer} does not exist: the file has {buffers.Length}", name, table.Position);
        }

        Memory<byte> bytes = buffers[buffer];
        if (bytes.IsEmpty)
        {
            return new TfliteTensor(name, type, shape, null);
        }

        if (bytes.Length != (long)shape.Count * type.Size())
        {
            throw new CheckpointException(file, $"{bytes.Length} bytes do not hold {type} {shape}", name, table.Position);
        }

        return new TfliteTensor(name, type, shape, new Tensor(type, shape, bytes));
    }

    private static Shape ReadShape(FlatTable table, string name, string file)
    {
        try
        {
            return new Shape(table.Int32s(0, HighestRank));
        }
        catch (ArgumentException error)
        {
            throw new CheckpointException(file, error.Message, name, table.Position, error);
        }
    }
}
