using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>Writes pickles opcode by opcode, sound or not.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> _bytes = [];

    /// <summary>A pickle of protocol 2.</summary>
    public PickleBuilder() => Raw(PickleOp.Protocol, 2);

    /// <summary>What was written so far.</summary>
    public byte[] Bytes => [.. _bytes];

    /// <summary>What was written, and STOP.</summary>
    public byte[] Stop() => [.. _bytes, PickleOp.Stop];

    public PickleBuilder Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBuilder Repeat(int times, params ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < times; i++)
        {
            _bytes.AddRange(bytes);
        }

        return this;
    }

    public PickleBuilder Line(byte op, string text) => Raw([op, .. Encoding.Latin1.GetBytes(text), (byte)'\n']);

    public PickleBuilder Global(string module, string name) =>
        Raw([PickleOp.Global, .. Encoding.UTF8.GetBytes(module), (byte)'\n', .. Encoding.UTF8.GetBytes(name), (byte)'\n']);

    public PickleBuilder Text(string text)
    {
        byte[] raw = Encoding.UTF8.GetBytes(text);
        return Raw(PickleOp.BinUnicode).Number(raw.Length, 4).Raw(raw);
    }

    public PickleBuilder Data(byte[] data) => Raw(PickleOp.BinBytes).Number(data.Length, 4).Raw(data);

    public PickleBuilder Int(long value) =>
        value is >= int.MinValue and <= int.MaxValue ? Raw(PickleOp.BinInt).Number(value, 4) : Raw(PickleOp.Long1, 8).Number(value, 8);

    public PickleBuilder Number(long value, int bytes)
    {
        Span<byte> raw = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(raw, value);
        return Raw(raw[..bytes]);
    }

    public PickleBuilder Ints(params ReadOnlySpan<long> values)
    {
        Raw(PickleOp.Mark);
        foreach (long value in values)
        {
            Int(value);
        }

        return Raw(PickleOp.Tuple);
    }

    /// <summary>module.name(text), the shape of every published attack.</summary>
    public PickleBuilder CallWithText(string module, string name, string text) =>
        Global(module, name).Text(text).Raw(PickleOp.Tuple1, PickleOp.Reduce);

    /// <summary>A storage by persistent id.</summary>
    public PickleBuilder Storage(string key, long count, string type = "FloatStorage") =>
        Raw(PickleOp.Mark).Text("storage").Global("torch", type).Text(key).Text("cpu").Int(count).Raw(PickleOp.Tuple, PickleOp.BinPersistentId);

    /// <summary>A tensor over storage '0'.</summary>
    public PickleBuilder Tensor(long count, long offset, long[] size, long[] stride, string key = "0", string type = "FloatStorage")
    {
        Global("torch._utils", "_rebuild_tensor_v2").Raw(PickleOp.Mark).Storage(key, count, type).Int(offset).Ints(size).Ints(stride);
        return Raw(PickleOp.NewFalse).Global("collections", "OrderedDict").Raw(PickleOp.EmptyTuple, PickleOp.Reduce, PickleOp.Tuple, PickleOp.Reduce);
    }

    /// <summary>A dictionary with one entry.</summary>
    public static byte[] Dict(string key, Action<PickleBuilder> value)
    {
        PickleBuilder pickle = new PickleBuilder().Raw(PickleOp.EmptyDict).Text(key);
        value(pickle);
        return pickle.Raw(PickleOp.SetItem).Stop();
    }
}
