namespace HandMeshEngine.Checkpoints.Pickle;

/// <summary>The interpreter's stack, marks and memo. Values and memos are held down by the limit on steps: each takes one.</summary>
internal sealed class PickleStack(PickleStream stream)
{
    // A state dict nests a few levels.
    private const int MostMarks = 1_000;

    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];

    /// <summary>Values above the last mark.</summary>
    public int AboveMark => _values.Count - (_marks.Count == 0 ? 0 : _marks[^1]);

    public void Push(object? value) => _values.Add(value);

    /// <summary>Pops a value.</summary>
    public object? Pop()
    {
        object? value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>The value on top.</summary>
    public object? Peek() => AboveMark > 0 ? _values[^1] : throw stream.Error("the pickle takes a value from an empty stack: it is damaged");

    /// <summary>Sets a mark.</summary>
    public void Mark()
    {
        if (_marks.Count == MostMarks)
        {
            throw stream.Error($"the pickle nests more than {MostMarks} marks");
        }

        _marks.Add(_values.Count);
    }

    /// <summary>Removes the last mark and returns the values above it.</summary>
    public object?[] PopMark()
    {
        if (_marks.Count == 0)
        {
            throw stream.Error("the pickle pops a mark that was never set: it is damaged");
        }

        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        object?[] values = [.. _values[mark..]];
        _values.RemoveRange(mark, _values.Count - mark);
        return values;
    }

    /// <summary>Stores the top under a number.</summary>
    public void Put(uint index) => _memo[index] = Peek();

    /// <summary>Stores the top under the next number.</summary>
    public void Memoize() => Put((uint)_memo.Count);

    /// <summary>Pushes the value stored under a number.</summary>
    public void Get(uint index)
    {
        if (!_memo.TryGetValue(index, out object? value))
        {
            throw stream.Error($"the pickle recalls memo {index}, which was never stored: it is damaged");
        }

        Push(value);
    }
}
