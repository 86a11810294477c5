using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Checkpoints.PyTorch;

namespace HandMeshEngine.Checkpoints.Pickle;

/// <summary>
/// The calls that data in pickles is made of, done here instead of in Python; every other call gives a
/// <see cref="PyObject"/>.
/// </summary>
internal static class PickleCalls
{
    /// <summary>The value of a call.</summary>
    /// <exception cref="CheckpointException">A known function has arguments of the wrong kind.</exception>
    public static object? Call(PyGlobal function, object? arguments, PickleStream stream, long at)
    {
        IReadOnlyList<object?> items = arguments is PyTuple tuple ? tuple.Items : [arguments];
        switch (function.Module, function.Name)
        {
            case ("collections", "OrderedDict" or "defaultdict" or "Counter") or ("builtins", "dict"):
                return Dictionary(items, stream);
            case ("builtins", "list" or "set" or "frozenset" or "tuple" or "bytearray") or ("collections", "deque"):
                return Sequence(items);
            case ("torch", "Size"):
                return items is [PyTuple or PyList] ? items[0] : new PyTuple(items);
            case ("_codecs", "encode"):
                return Encode(items, stream, at);
            case ("numpy", "dtype"):
                return new NumpyDtype(items.Count > 0 && PickleText.Of(items[0]) is { Length: <= 16 } code ? code : "?");
            case ("numpy.core.multiarray" or "numpy._core.multiarray", "_reconstruct"):
                return new NumpyArray();
            case ("numpy.core.numeric" or "numpy._core.numeric", "_frombuffer"):
                return FromBuffer(items, stream, at);
            case ("copyreg" or "copy_reg", "_reconstructor" or "__newobj__"):
                return items is [PyGlobal type, ..] ? new PyObject(type, arguments) : throw stream.Error(
                    $"{function} makes an object of no class", at);
            default:
                return TorchCalls.Call(function, items, stream, at) ?? new PyObject(function, arguments);
        }
    }

    /// <summary>Gives an object its state.</summary>
    /// <exception cref="CheckpointException">The object takes no state.</exception>
    public static void SetState(object? target, object? state, PickleStream stream, long at)
    {
        switch (target)
        {
            case NumpyDtype dtype:
                dtype.SetState(state, stream, at);
                break;
            case NumpyArray array:
                array.SetState(state, stream, at);
                break;
            case PyObject made:
                made.State = state;
                break;

            // Attributes of a dictionary (a state dict's _metadata) or of a tensor are of no use here.
            case PyDict or TorchTensor or TorchUnsupported or PyList:
                break;
            default:
                throw stream.Error($"the pickle gives a state to {PickleText.Describe(target)}: it is damaged", at);
        }
    }

    private static PyDict Dictionary(IReadOnlyList<object?> arguments, PickleStream stream)
    {
        if (arguments is [PyDict other])
        {
            return other;
        }

        var dict = new PyDict();
        if (arguments is [PyList pairs])
        {
            stream.Spend(pairs.Items.Count);
            foreach (object? pair in pairs.Items)
            {
                dict.Items.Add(pair switch
                {
                    PyTuple { Items: [var key, var value] } => new(key, value),
                    PyList { Items: [var key, var value] } => new(key, value),
                    _ => default,
                });
            }
        }

        return dict;
    }

    // A copy stands for its original: the two could only differ if one grew later, which data in weights files never does.
    private static object Sequence(IReadOnlyList<object?> arguments) =>
        arguments is [PyList or PyTuple or byte[], ..] ? arguments[0]! : new PyList();

    // How protocol 2 of Python 3 stores bytes.
    private static byte[] Encode(IReadOnlyList<object?> arguments, PickleStream stream, long at)
    {
        if (arguments is not [string text, ..] || text.AsSpan().ContainsAnyExceptInRange('\0', '\xff'))
        {
            throw stream.Error("_codecs.encode is applied to something other than Latin-1 text", at);
        }

        stream.Spend(text.Length / 64);
        return Encoding.Latin1.GetBytes(text);
    }

    private static NumpyArray FromBuffer(IReadOnlyList<object?> arguments, PickleStream stream, long at)
    {
        if (arguments is not [var data, NumpyDtype dtype, PyTuple shape, var order] || PickleText.Of(order) is not ("C" or "F"))
        {
            throw stream.Error("a numpy buffer has arguments of the wrong kind: the file is damaged", at);
        }

        var array = new NumpyArray();
        array.SetState(new PyTuple([1L, shape, dtype, PickleText.Of(order) == "F", data]), stream, at);
        return array;
    }
}
