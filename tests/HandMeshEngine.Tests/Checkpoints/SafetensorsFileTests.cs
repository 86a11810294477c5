namespace HandMeshEngine.Tests.Checkpoints;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void A_file_holds_what_was_written_for_every_element_type()
    {
        var map = new TensorMap("test");
        map.Metadata["handmesh.system"] = "none";
        map.Metadata["note"] = "gr\u00fc\u00df \"dich\"";
        map.Add("b", Tensor.From(new Shape(3), true, false, true));
        map.Add("u8", Tensor.From(new Shape(2), (byte)1, (byte)255));
        map.Add("f32", Tensor.From(new Shape(2, 1), 1.5f, -2f));
        map.Add("i8", Tensor.From(new Shape(1), (sbyte)-7));
        map.Add("f16", Tensor.From(new Shape(1), (Half)0.25));
        map.Add("bf16", new Tensor(DType.BFloat16, new Shape(1), new byte[] { 0x80, 0x3f }));
        map.Add("i16", Tensor.From(new Shape(1), (short)-300));
        map.Add("i32", Tensor.From(Shape.Scalar, 1 << 30));
        map.Add("i64", Tensor.From(new Shape(1), 1L << 40));
        map.Add("f64", Tensor.From(new Shape(1), Math.PI));
        map.Add("empty", new Tensor(DType.Float32, new Shape(0, 4)));

        TensorMap read = RoundTrip(map);

        Assert.Equal(map.Names, read.Names);
        Assert.Equal(map.Metadata, read.Metadata);
        foreach ((string name, Tensor tensor) in map)
        {
            Assert.Equal(tensor.Type, read[name].Type);
            Assert.Equal(tensor.Shape, read[name].Shape);
            Assert.Equal(tensor.Bytes, read[name].Bytes);
        }
    }

    [Fact]
    public void Data_is_aligned_although_bytes_come_first_in_the_map()
    {
        var map = new TensorMap("test");
        map.Add("odd", Tensor.From(new Shape(3), (byte)1, (byte)2, (byte)3));
        map.Add("wide", Tensor.From(new Shape(1), 1.0));
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, map);
        byte[] file = stream.ToArray();
        long header = BinaryPrimitives.ReadInt64LittleEndian(file);

        Assert.Equal(0, header % 8);
        Assert.Contains("\"wide\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}", Encoding.UTF8.GetString(file));
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_to_its_end()
    {
        byte[] file = File("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}", [1, 2, 3]);

        Assert.Equal([1, 2, 3], SafetensorsFile.Read(new OneWayStream(file), "pipe")["a"].Bytes.ToArray());
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(new OneWayStream([.. file, 0]), "pipe"));
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(new OneWayStream(file[..^1]), "pipe"));
    }

    [Fact]
    public void A_pipe_that_announces_two_gigabytes_and_ends_costs_little_memory()
    {
        byte[] file = File("{\"a\":{\"dtype\":\"U8\",\"shape\":[2000000000],\"data_offsets\":[0,2000000000]}}", [1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(new OneWayStream(file), "pipe"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData("[]", "does not start with '{'")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}x", "not valid JSON")]
    [InlineData("{\"a\":1}", "not an object")]
    [InlineData("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{\"i\":{}}}}}}}}}}", "unknown")]
    [InlineData("{\"__metadata__\":{\"a\":{}}}", "not a string")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "repeated")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", "twice")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4]}}", "needs dtype, shape and two data_offsets")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0]}}", "needs dtype, shape and two data_offsets")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],\"more\":1}}", "unknown")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", "repeated")]
    [InlineData("{\"a\":{\"dtype\":\"F8\",\"shape\":[4],\"data_offsets\":[0,4]}}", "'F8' is not one of")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}}", "whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4.5],\"data_offsets\":[0,4]}}", "whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[65536,65536],\"data_offsets\":[0,4]}}", "2^31 - 1")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,99999999999999999999]}}", "whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,4]}}", "do not hold the 16 bytes")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", "do not hold the 4 bytes")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]}}", "overlap or leave a gap")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}", "overlap or leave a gap")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}", "bytes appended")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[0,5]}}", "cut off")]
    [InlineData("{\"a\":{\"dtype\":\"BOOL\",\"shape\":[4],\"data_offsets\":[0,4]}}", "other than 0 and 1")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}", "twice")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", "not valid JSON")]
    public void A_damaged_header_is_refused_with_the_reason(string header, string reason)
    {
        var error = Assert.Throws<CheckpointException>(() => Read(File(header, [1, 2, 3, 4])));

        Assert.Contains(reason, error.Message);
        Assert.StartsWith("case.safetensors:", error.Message);
    }

    [Fact]
    public void Header_nesting_bad_text_and_lengths_are_refused()
    {
        string deep = "{\"a\":{\"dtype\":" + new string('[', 5000) + "}}";
        Assert.Contains("wrong kind", Assert.Throws<CheckpointException>(() => Read(File(deep, []))).Message);

        byte[] badText = File("{\"a?\":{}}", []);
        badText[11] = 0xff;
        Assert.Contains("UTF-8", Assert.Throws<CheckpointException>(() => Read(badText)).Message);

        byte[] long1 = File("{}", []);
        BinaryPrimitives.WriteUInt64LittleEndian(long1, ulong.MaxValue);
        Assert.Contains("announce a header", Assert.Throws<CheckpointException>(() => Read(long1)).Message);
        Assert.Contains("cut off", Assert.Throws<CheckpointException>(() => Read([1, 2, 3])).Message);
    }

    [Fact]
    public void The_message_names_file_tensor_and_place()
    {
        byte[] file = File("{\"first\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"se\\u0007ond\":7}", [1, 2, 3, 4]);

        var error = Assert.Throws<CheckpointException>(() => Read(file));

        Assert.Equal("case.safetensors: 'se?ond' at byte 65: the header entry is not an object", error.Message);
        Assert.Equal("case.safetensors", error.File);
        Assert.Equal(65, error.Offset);
    }

    [Fact]
    public void A_file_that_is_missing_empty_or_a_folder_is_refused_by_name()
    {
        string folder = Directory.CreateTempSubdirectory("handmesh").FullName;
        string empty = Path.Combine(folder, "empty");
        System.IO.File.WriteAllBytes(empty, []);

        Assert.Contains("cannot be opened", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(Path.Combine(folder, "no"))).Message);
        Assert.Contains("empty", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(empty)).Message);
        Assert.Contains("cannot be opened", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(folder)).Message);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_write_replaces_the_old_file_and_one_that_fails_leaves_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("handmesh").FullName;
        string path = Path.Combine(folder, "weights.safetensors");
        string taken = Path.Combine(folder, "taken");
        Directory.CreateDirectory(taken);
        var map = new TensorMap("test");
        SafetensorsFile.Write(path, map);
        map.Add("a", Tensor.From(new Shape(1), 1f));
        SafetensorsFile.Write(path, map);

        Assert.ThrowsAny<SystemException>(() => SafetensorsFile.Write(taken, map));

        Assert.Equal([path], Directory.GetFiles(folder));
        Assert.Equal(1f, SafetensorsFile.Read(path)["a"][0]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Twenty_thousand_damaged_files_are_accepted_or_refused()
    {
        var map = new TensorMap("test");
        map.Metadata["k"] = "v";
        map.Add("weight", Tensor.From(new Shape(2, 3), 1f, 2f, 3f, 4f, 5f, 6f));
        map.Add("mask", Tensor.From(new Shape(2), true, false));
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, map);
        byte[] plain = File("{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);

        CheckpointFuzz.Run(11, [stream.ToArray(), plain], bytes => Read(bytes), 1 << 20,
            "{"u8.ToArray(), "}"u8.ToArray(), "[0,4]"u8.ToArray(), "\"F64\""u8.ToArray(), "__metadata__"u8.ToArray(), "\\ud800"u8.ToArray());
    }

    [Fact]
    public void Every_parity_file_is_readable()
    {
        string? folder = Environment.GetEnvironmentVariable(CaseFolders.Variable);
        Assert.SkipWhen(folder is null, "HANDMESH_PARITY_DIR is not set");
        foreach (string file in Directory.EnumerateFiles(folder!, "*.safetensors", SearchOption.AllDirectories))
        {
            Assert.NotEmpty(SafetensorsFile.Read(file));
        }
    }

    private static TensorMap RoundTrip(TensorMap map)
    {
        string folder = Directory.CreateTempSubdirectory("handmesh").FullName;
        string path = Path.Combine(folder, "map.safetensors");
        SafetensorsFile.Write(path, map);
        TensorMap read = SafetensorsFile.Read(path);
        Directory.Delete(folder, recursive: true);
        return read;
    }

    private static TensorMap Read(byte[] file) => SafetensorsFile.Read(new MemoryStream(file), "case.safetensors");

    private static byte[] File(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }

    /// <summary>A stream that behaves like a pipe.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
