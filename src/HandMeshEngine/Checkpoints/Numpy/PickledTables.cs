using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.Numpy;

/// <summary>Takes arrays and sparse matrices out of unpickled values.</summary>
internal static class PickledTables
{
    // A joint regressor or an up-sampling matrix has some 300,000 elements.
    private const long LargestDense = 16 << 20;

    /// <summary>The entry of a dictionary.</summary>
    /// <exception cref="CheckpointException">The value is not a dictionary with this key.</exception>
    public static object? Entry(object? value, string key, string file) =>
        value is PyDict dict && dict.TryGet(key, out object? entry)
            ? entry
            : throw new CheckpointException(file, $"the file holds {PickleText.Describe(value)} without an entry '{key}'");

    /// <summary>The items of a list or tuple.</summary>
    /// <exception cref="CheckpointException">The value is neither.</exception>
    public static IReadOnlyList<object?> Items(object? value, string file, string name) => value switch
    {
        PyList list => list.Items,
        PyTuple tuple => tuple.Items,
        _ => throw new CheckpointException(file, $"this is {PickleText.Describe(value)} where a list is expected", name),
    };

    /// <summary>An array, or a sparse matrix of scipy as a dense one.</summary>
    /// <exception cref="CheckpointException">The value is neither, or the matrix is damaged.</exception>
    public static Tensor Array(object? value, string file, string name) => value switch
    {
        NumpyArray { Value: { } array } => array,
        NumpyArray => throw new CheckpointException(file, "this array does not hold plain numbers", name),
        PyObject matrix when PickleGlobals.IsScipyMatrix(matrix.Type) => Dense(matrix, file, name),
        _ => throw new CheckpointException(file, $"this is {PickleText.Describe(value)} where an array is expected", name),
    };

    private static Tensor Dense(PyObject matrix, string file, string name)
    {
        object? state = matrix.State;
        object? shape = state is PyDict dict && dict.TryGet("_shape", out object? stored) ? stored : Entry(state, "shape", file);
        if (Items(shape, file, name) is not [long rows and >= 0 and <= LargestDense, long columns and >= 0 and <= LargestDense]
            || rows * columns > LargestDense)
        {
            throw new CheckpointException(file, "the sparse matrix has no sensible shape", name);
        }

        Tensor data = Array(Entry(state, "data", file), file, name);
        if (matrix.Type.Name.StartsWith("coo", StringComparison.Ordinal))
        {
            Tensor row = Array(Entry(state, "row", file), file, name);
            Tensor column = Array(Entry(state, "col", file), file, name);
            return Scatter((int)rows, (int)columns, data, row, column, file, name);
        }

        bool byColumn = matrix.Type.Name.StartsWith("csc", StringComparison.Ordinal);
        Tensor starts = Array(Entry(state, "indptr", file), file, name);
        Tensor minor = Array(Entry(state, "indices", file), file, name);
        Tensor major = Expand(starts, byColumn ? columns : rows, data.Shape.Count, file, name);
        return byColumn
            ? Scatter((int)rows, (int)columns, data, minor, major, file, name)
            : Scatter((int)rows, (int)columns, data, major, minor, file, name);
    }

    // From the first entry of every row (or column) to the row of every entry.
    private static Tensor Expand(Tensor starts, long lines, int entries, string file, string name)
    {
        int[] major = new int[entries];
        bool sound = starts.Shape.Count == lines + 1 && starts[0] == 0 && starts[(int)lines] == entries;
        for (int line = 0; sound && line < lines; line++)
        {
            (double from, double to) = (starts[line], starts[line + 1]);
            sound = from <= to && to <= entries;
            for (int i = (int)from; sound && i < (int)to; i++)
            {
                major[i] = line;
            }
        }

        return sound ? Tensor.From(new Shape(entries), major) : throw new CheckpointException(file, "the sparse matrix has damaged row starts", name);
    }

    private static Tensor Scatter(int rows, int columns, Tensor data, Tensor row, Tensor column, string file, string name)
    {
        var dense = new Tensor(data.Type == DType.Float64 ? DType.Float64 : DType.Float32, new Shape(rows, columns));
        bool sound = row.Shape.Count == data.Shape.Count && column.Shape.Count == data.Shape.Count;
        for (int i = 0; sound && i < data.Shape.Count; i++)
        {
            (double r, double c) = (row[i], column[i]);
            sound = r >= 0 && r < rows && c >= 0 && c < columns;
            if (sound)
            {
                // Entries of one place add up, as in scipy.
                int at = ((int)r * columns) + (int)c;
                if (dense.Type == DType.Float64)
                {
                    dense.Span<double>()[at] += data[i];
                }
                else
                {
                    dense.Span<float>()[at] += (float)data[i];
                }
            }
        }

        return sound ? dense : throw new CheckpointException(file, "the sparse matrix has an entry outside its shape", name);
    }
}
