namespace HandMeshEngine.Tests.Checkpoints.Tflite;

/// <summary>Writes FlatBuffers for tests: parents first, children behind them. A table is field number -> value.</summary>
internal sealed class FlatBufferWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>A file with this root table and identifier.</summary>
    public static byte[] File(Dictionary<int, object> root, string identifier = "TFL3")
    {
        var writer = new FlatBufferWriter();
        writer._bytes.AddRange(new byte[4]);
        writer._bytes.AddRange(Encoding.ASCII.GetBytes(identifier));
        writer.Patch(0, writer.Table(root));
        return [.. writer._bytes];
    }

    private int Table(Dictionary<int, object> fields)
    {
        Align(8);
        int slots = fields.Count == 0 ? 0 : fields.Keys.Max() + 1;
        int vtable = _bytes.Count;
        int vtableBytes = 4 + (2 * slots);
        _bytes.AddRange(new byte[vtableBytes]);
        Align(8);
        int table = _bytes.Count;
        _bytes.AddRange(new byte[4]);
        Patch(table, table - vtable, relative: false);
        var references = new List<(int At, object Value)>();
        foreach ((int field, object value) in fields)
        {
            byte[] raw = value switch
            {
                byte number => [number],
                bool flag => [flag ? (byte)1 : (byte)0],
                int number => BitConverter.GetBytes(number),
                long number => BitConverter.GetBytes(number),
                _ => new byte[4],
            };
            Align(raw.Length);
            Short(vtable + 4 + (2 * field), _bytes.Count - table);
            if (value is not (byte or bool or int or long))
            {
                references.Add((_bytes.Count, value));
            }

            _bytes.AddRange(raw);
        }

        Short(vtable, vtableBytes);
        Short(vtable + 2, _bytes.Count - table);
        foreach ((int at, object value) in references)
        {
            Patch(at, Reference(value));
        }

        return table;
    }

    private int Reference(object value)
    {
        switch (value)
        {
            case Dictionary<int, object> table:
                return Table(table);
            case Dictionary<int, object>[] tables:
                int vector = Length(tables.Length);
                _bytes.AddRange(new byte[4 * tables.Length]);
                for (int i = 0; i < tables.Length; i++)
                {
                    Patch(vector + 4 + (4 * i), Table(tables[i]));
                }

                return vector;
            case int[] numbers:
                int ints = Length(numbers.Length);
                foreach (int number in numbers)
                {
                    _bytes.AddRange(BitConverter.GetBytes(number));
                }

                return ints;
            case byte[] raw:
                int start = Length(raw.Length);
                _bytes.AddRange(raw);
                return start;
            case string text:
                return Reference(Encoding.UTF8.GetBytes(text));
            default:
                throw new ArgumentException($"cannot write {value.GetType()}", nameof(value));
        }
    }

    private int Length(int count)
    {
        Align(4);
        int at = _bytes.Count;
        _bytes.AddRange(BitConverter.GetBytes(count));
        return at;
    }

    private void Align(int to)
    {
        while (_bytes.Count % to != 0)
        {
            _bytes.Add(0);
        }
    }

    private void Short(int at, int value)
    {
        _bytes[at] = (byte)value;
        _bytes[at + 1] = (byte)(value >> 8);
    }

    private void Patch(int at, int target, bool relative = true)
    {
        Span<byte> raw = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(raw, relative ? target - at : target);
        for (int i = 0; i < 4; i++)
        {
            _bytes[at + i] = raw[i];
        }
    }
}
