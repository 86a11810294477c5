using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.Numpy;

/// <summary>A numpy dtype inside a pickle; its byte order arrives later, as state.</summary>
internal sealed class NumpyDtype(string code)
{
    /// <summary>For example <c>f4</c>; other dtypes (object, structures) keep their code and are refused when used.</summary>
    public string Code { get; private set; } = code;

    /// <summary>The element type, or null if tensors cannot hold it.</summary>
    public NumpyElement? Element => NumpyElement.Parse(Code) is { Type: not null } element ? element : null;

    /// <summary>Applies the state tuple (version, byte order, ...).</summary>
    public void SetState(object? state, PickleStream stream, long at)
    {
        string? text = state is PyTuple { Items: [_, var order, ..] } ? PickleText.Of(order) : null;
        if (text is not ("<" or ">" or "|" or "="))
        {
            throw stream.Error("a numpy dtype has a damaged state", at);
        }

        Code = text + Code.TrimStart('<', '>', '|', '=');
    }
}

/// <summary>A numpy array inside a pickle; shape and data arrive as state.</summary>
internal sealed class NumpyArray
{
    /// <summary>The values, or null as long as no state arrived or if the elements are not plain numbers.</summary>
    public Tensor? Value { get; private set; }

    /// <summary>Applies the state tuple (version, shape, dtype, is Fortran order, raw bytes or list of objects).</summary>
    public void SetState(object? state, PickleStream stream, long at)
    {
        if (state is PyTuple { Items: [_, PyTuple shape, NumpyDtype dtype, bool fortran, var data] })
        {
            // An array of objects stays without a value: reading it is refused, its presence is not.
            Value = data is PyList ? null : Build(shape, dtype, fortran, data, stream, at);
            return;
        }

        throw stream.Error("a numpy array has a damaged state", at);
    }

    /// <summary>An array of these bytes.</summary>
    public static Tensor? Build(PyTuple shape, NumpyDtype dtype, bool fortran, object? data, PickleStream stream, long at)
    {
        if (dtype.Element is not { } element)
        {
            return null;
        }

        Shape extents = ShapeOf(shape, stream, at);
        if (Bytes(data) is not { } raw || raw.LongLength != (long)extents.Count * element.Size)
        {
            throw stream.Error($"a numpy array {extents} of {dtype.Code} does not have the {(long)extents.Count * element.Size} bytes it needs", at);
        }

        stream.Spend(raw.Length / 64);
        try
        {
            return element.ToTensor(raw, extents, fortran);
        }
        catch (OverflowException error)
        {
            throw new CheckpointException(stream.File, "a numpy array holds an unsigned number beyond 2^63", null, at, error);
        }
    }

    private static byte[]? Bytes(object? data) => data switch
    {
        byte[] bytes => bytes,

        // Protocol 2 written by Python 3 without the codec call: one character a byte.
        string text when text.All(c => c <= 0xff) => Array.ConvertAll(text.ToCharArray(), c => (byte)c),
        _ => null,
    };

    private static Shape ShapeOf(PyTuple shape, PickleStream stream, long at)
    {
        const int highestRank = 32;
        if (shape.Items.Count > highestRank || !shape.Items.All(extent => extent is long and >= 0 and <= int.MaxValue))
        {
            throw stream.Error("a numpy array has a shape that is not a few whole numbers", at);
        }

        try
        {
            return new Shape([.. shape.Items.Select(extent => (int)(long)extent!)]);
        }
        catch (ArgumentException error)
        {
            throw stream.Error(error.Message, at);
        }
    }
}
