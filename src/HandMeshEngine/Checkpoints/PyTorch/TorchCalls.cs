using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>The calls by which PyTorch's pickles describe tensors.</summary>
internal static class TorchCalls
{
    private const int HighestRank = 16;

    /// <summary>The tensor that a call describes, or null if it is not a tensor call.</summary>
    /// <exception cref="CheckpointException">The view leaves its storage, or an argument is of the wrong kind.</exception>
    public static object? Call(PyGlobal function, IReadOnlyList<object?> arguments, PickleStream stream, long at)
    {
        switch (function.Module, function.Name, arguments)
        {
            case ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2", [TorchStorage storage, long offset, PyTuple size, PyTuple stride, ..]):
                return View(storage, offset, size, stride, stream, at);
            case ("torch._utils", _, [TorchUnsupported, ..]):
                return arguments[0];
            case ("torch._utils", "_rebuild_parameter" or "_rebuild_parameter_with_state", [TorchTensor, ..]):
                return arguments[0];
            case ("torch._tensor", "_rebuild_from_type_v2" or "_rebuild_from_type", [PyGlobal inner, _, PyTuple forwarded, ..]):
                return Call(inner, forwarded.Items, stream, at);
            case ("torch._utils", _, _):
                return function.Name is "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_parameter" or "_rebuild_parameter_with_state"
                    ? throw stream.Error($"{function} has arguments of the wrong kind: the file is damaged", at)
                    : new TorchUnsupported($"a tensor made by {function}");
            default:
                return null;
        }
    }

    /// <summary>The element type of a storage class, or null.</summary>
    public static DType? ElementOf(PyGlobal storageClass) => storageClass.Module is not ("torch" or "torch.cuda") ? null : storageClass.Name switch
    {
        "FloatStorage" => DType.Float32,
        "HalfStorage" => DType.Float16,
        "DoubleStorage" => DType.Float64,
        "BFloat16Storage" => DType.BFloat16,
        "LongStorage" => DType.Int64,
        "IntStorage" => DType.Int32,
        "ShortStorage" => DType.Int16,
        "CharStorage" => DType.Int8,
        "ByteStorage" => DType.UInt8,
        "BoolStorage" => DType.Bool,
        _ => null,
    };

    public static TorchTensor View(TorchStorage storage, long offset, PyTuple size, PyTuple stride, PickleStream stream, long at)
    {
        if (size.Items.Count != stride.Items.Count || size.Items.Count > HighestRank
            || !size.Items.All(extent => extent is long and >= 0 and <= int.MaxValue)
            || !stride.Items.All(step => step is long and >= 0 and <= int.MaxValue))
        {
            throw stream.Error("a tensor has a size or stride that is not a few whole numbers from 0 on", at);
        }

        long[] strides = [.. stride.Items.Select(step => (long)step!)];
        Shape shape;
        try
        {
            shape = new Shape([.. size.Items.Select(extent => (int)(long)extent!)]);
        }
        catch (ArgumentException error)
        {
            throw stream.Error(error.Message, at);
        }

        // At most 16 axes of 2^31 steps of 2^31: a decimal cannot overflow, a long could.
        decimal last = offset;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            last += (decimal)(shape[axis] - 1) * strides[axis];
        }

        if (offset < 0 || (shape.Count > 0 && last >= storage.Count) || offset > storage.Count)
        {
            throw stream.Error(
                $"a tensor {shape} with strides [{string.Join(", ", strides)}] at offset {offset} "
                + $"leaves its storage '{CheckpointException.Printable(storage.Key)}' of {storage.Count} elements", at);
        }

        return new TorchTensor(storage, offset, shape, strides);
    }
}
