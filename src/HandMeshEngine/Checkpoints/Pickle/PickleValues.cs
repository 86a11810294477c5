namespace HandMeshEngine.Checkpoints.Pickle;

// What a pickle can hold here, besides null, bool, long, BigInteger, double, string and byte[]. All of it is inert data.

/// <summary>A name that the pickle mentions; it is never looked up.</summary>
/// <param name="Module">Module path as written, Python 2 names included.</param>
/// <param name="Name">Name inside the module.</param>
internal sealed record PyGlobal(string Module, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => CheckpointException.Printable($"{Module}.{Name}");
}

internal sealed record PyTuple(IReadOnlyList<object?> Items);

/// <summary>A list or set; may contain itself.</summary>
internal sealed class PyList
{
    public List<object?> Items { get; } = [];
}

/// <summary>A dictionary in insertion order; may contain itself.</summary>
internal sealed class PyDict
{
    /// <summary>The entries; a key that occurs twice is listed twice.</summary>
    public List<KeyValuePair<object?, object?>> Items { get; } = [];

    /// <summary>The last value stored under a text key, as Python would give it.</summary>
    public bool TryGet(string key, out object? value)
    {
        for (int i = Items.Count - 1; i >= 0; i--)
        {
            if (PickleText.Of(Items[i].Key) == key)
            {
                value = Items[i].Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}

/// <summary>An object of a class that is not known here: what it would be made of, never made.</summary>
internal sealed class PyObject(PyGlobal type, object? arguments)
{
    /// <summary>Its class, or the function that would have made it.</summary>
    public PyGlobal Type { get; } = type;

    /// <summary>The arguments that the class or function would have been called with.</summary>
    public object? Arguments { get; } = arguments;

    /// <summary>The state that it would have been given.</summary>
    public object? State { get; set; }
}

/// <summary>Text in a pickle: str, or the byte strings of Python 2.</summary>
internal static class PickleText
{
    /// <summary>The text of a value, or null if it is not text.</summary>
    public static string? Of(object? value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        _ => null,
    };

    /// <summary>A value in few words, for messages.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long or BigInteger => "an integer",
        double => "a float",
        string or byte[] => "text",
        PyTuple => "a tuple",
        PyList => "a list",
        PyDict => "a dictionary",
        PyGlobal global => $"the name {global}",
        PyObject made => $"an object of {made.Type}",
        _ => "a tensor or array",
    };
}
