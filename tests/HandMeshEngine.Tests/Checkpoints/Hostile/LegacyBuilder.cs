using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>Writes the legacy and tar containers of PyTorch, sound unless an argument falsifies a part.</summary>
internal static class LegacyBuilder
{
    /// <summary>The pickle of the legacy magic number.</summary>
    public static byte[] Magic => new PickleBuilder().Raw(PickleOp.Long1, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).Stop();

    /// <summary>A legacy file around a main pickle with one storage '0' of floats.</summary>
    public static byte[] File(
        byte[] main, int floats = 4, byte[]? magic = null, long protocol = 1001, bool littleEndian = true, byte[]? keys = null, long? count = null)
    {
        byte[] system = PickleBuilder.Dict("little_endian", p => p.Raw(littleEndian ? PickleOp.NewTrue : PickleOp.NewFalse));
        return
        [
            .. magic ?? Magic, .. new PickleBuilder().Int(protocol).Stop(), .. system, .. main, .. keys ?? Keys("0"),
            .. BitConverter.GetBytes(count ?? floats), .. new byte[4 * floats],
        ];
    }

    /// <summary>The list of storage keys.</summary>
    public static byte[] Keys(params string[] keys)
    {
        PickleBuilder pickle = new PickleBuilder().Raw(PickleOp.EmptyList, PickleOp.Mark);
        foreach (string key in keys)
        {
            pickle.Text(key);
        }

        return pickle.Raw(PickleOp.Appends).Stop();
    }

    /// <summary>A tar archive.</summary>
    public static byte[] Tar(params (string Name, byte[] Data)[] members)
    {
        var file = new List<byte>();
        foreach ((string name, byte[] data) in members)
        {
            byte[] header = new byte[512];
            Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
            Encoding.ASCII.GetBytes(Convert.ToString(data.Length, 8).PadLeft(11, '0')).CopyTo(header, 124);
            header[156] = (byte)'0';
            "ustar\00000"u8.ToArray().CopyTo(header, 257);
            header.AsSpan(148, 8).Fill((byte)' ');
            Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0')).CopyTo(header, 148);
            file.AddRange(header);
            file.AddRange(data);
            file.AddRange(new byte[(512 - (data.Length % 512)) % 512]);
        }

        file.AddRange(new byte[1024]);
        return [.. file];
    }

    /// <summary>The member 'storages': one storage 1000 of floats and a list of views.</summary>
    public static byte[] TarStorages(long count = 2, int floats = 2, params (long Key, long Root, long Offset, long Count)[] views)
    {
        PickleBuilder list = new PickleBuilder().Raw(PickleOp.EmptyList, PickleOp.Mark);
        foreach ((long key, long root, long offset, long elements) in views)
        {
            list.Ints(key, root, offset, elements);
        }

        return
        [
            .. new PickleBuilder().Int(1).Stop(),
            .. new PickleBuilder().Int(1000).Text("cpu").Global("torch", "FloatStorage").Raw(PickleOp.Tuple3).Stop(),
            .. BitConverter.GetBytes(count), .. new byte[4 * floats], .. list.Raw(PickleOp.Appends).Stop(),
        ];
    }

    /// <summary>The member 'tensors': one tensor 2000 of rank 1.</summary>
    public static byte[] TarTensors(long size = 2, long stride = 1, long offset = 0, long tensors = 1, int rank = 1, long storage = 1000) =>
    [
        .. new PickleBuilder().Int(tensors).Stop(),
        .. new PickleBuilder().Int(2000).Int(storage).Global("torch", "FloatTensor").Raw(PickleOp.Tuple3).Stop(),
        .. BitConverter.GetBytes(rank), 0, 0, 0, 0, .. BitConverter.GetBytes(size), .. BitConverter.GetBytes(stride), .. BitConverter.GetBytes(offset),
    ];

    /// <summary>The member 'pickle': a state dict with one entry.</summary>
    public static byte[] TarPickle(string id = "2000") =>
        PickleBuilder.Dict("w", p => p.Line(PickleOp.PersistentId, id));
}
