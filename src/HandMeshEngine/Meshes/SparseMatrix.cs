namespace HandMeshEngine.Meshes;

/// <summary>
/// A sparse matrix by rows (CSR) in double precision; columns ascend within a row and occur once. Explicit zeros are kept.
/// Immutable once built.
/// </summary>
internal sealed class SparseMatrix
{
    private readonly int[] _rowStart;
    private readonly int[] _columns;
    private readonly double[] _values;

    private SparseMatrix(int rows, int columns, int[] rowStart, int[] columnOf, double[] values)
    {
        Rows = rows;
        Columns = columns;
        _rowStart = rowStart;
        _columns = columnOf;
        _values = values;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Offsets of the rows in <see cref="ColumnIndices"/> and <see cref="Values"/>, [Rows + 1].</summary>
    public ReadOnlySpan<int> RowStart => _rowStart;

    public ReadOnlySpan<int> ColumnIndices => _columns;

    public ReadOnlySpan<double> Values => _values;

    /// <summary>Columns of the stored entries of one row.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(_rowStart[row], _rowStart[row + 1] - _rowStart[row]);

    /// <summary>Values of the stored entries of one row.</summary>
    public ReadOnlySpan<double> ValuesOf(int row) => _values.AsSpan(_rowStart[row], _rowStart[row + 1] - _rowStart[row]);

    /// <summary>One entry; zero where none is stored.</summary>
    public double At(int row, int column)
    {
        int k = ColumnsOf(row).BinarySearch(column);
        return k < 0 ? 0 : ValuesOf(row)[k];
    }

    /// <summary>
    /// The matrix of padded rows: index and value [rows, W], any integer and float type. A column that a row names twice gets the
    /// sum, zeros stay stored.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ, or an index is outside the matrix.</exception>
    public static SparseMatrix FromPaddedRows(Tensor index, Tensor value, int columns)
    {
        if (index.Shape.Rank != 2 || !index.Shape.Equals(value.Shape))
        {
            throw new ArgumentException($"padded rows need an index and a value tensor of one shape [rows, width], not {index.Shape} and {value.Shape}");
        }

        var entries = new Builder(index.Shape[0], columns, index.Shape.Count);
        for (int i = 0; i < index.Shape.Count; i++)
        {
            int column = checked((int)index[i]);
            if ((uint)column >= (uint)columns)
            {
                throw new ArgumentException($"row {i / index.Shape[1]} names column {column}, but the matrix has {columns}");
            }

            entries.Add(i / index.Shape[1], column, value[i]);
        }

        return entries.Build();
    }

    /// <summary>The entries that are not zero of a dense [rows, columns] float matrix, such as a stored up-sampling matrix.</summary>
    /// <exception cref="ArgumentException">The tensor is not of rank 2.</exception>
    public static SparseMatrix FromDense(Tensor dense)
    {
        if (dense.Shape.Rank != 2)
        {
            throw new ArgumentException($"a matrix has two axes, but the tensor has the shape {dense.Shape}");
        }

        (int rows, int columns) = (dense.Shape[0], dense.Shape[1]);
        var entries = new Builder(rows, columns, 4 * rows);
        ReadOnlySpan<float> values = dense.ToFloat32().Span<float>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                entries.Add(i / columns, i % columns, values[i]);
            }
        }

        return entries.Build();
    }

    /// <summary>The sum of every row, added from left to right.</summary>
    public double[] RowSums()
    {
        var sums = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            foreach (double value in ValuesOf(row))
            {
                sums[row] += value;
            }
        }

        return sums;
    }

    /// <summary>result = this matrix times vector.</summary>
    public void Multiply(ReadOnlySpan<double> vector, Span<double> result)
    {
        for (int row = 0; row < Rows; row++)
        {
            double sum = 0;
            for (int k = _rowStart[row]; k < _rowStart[row + 1]; k++)
            {
                sum += _values[k] * vector[_columns[k]];
            }

            result[row] = sum;
        }
    }

    /// <summary>The dense matrix as float32 [Rows, Columns].</summary>
    public Tensor ToDense()
    {
        var dense = new Tensor(DType.Float32, new Shape(Rows, Columns));
        Span<float> values = dense.Span<float>();
        for (int row = 0; row < Rows; row++)
        {
            for (int k = _rowStart[row]; k < _rowStart[row + 1]; k++)
            {
                values[(row * Columns) + _columns[k]] = (float)_values[k];
            }
        }

        return dense;
    }

    /// <summary>
    /// Rows of equal width W (the widest row): index int64 [Rows, W] and value float32 [Rows, W], columns ascending, the rest
    /// padded with column 0 and value 0.
    /// </summary>
    public (Tensor Index, Tensor Value) ToPaddedRows()
    {
        int width = 0;
        for (int row = 0; row < Rows; row++)
        {
            width = Math.Max(width, _rowStart[row + 1] - _rowStart[row]);
        }

        var index = new Tensor(DType.Int64, new Shape(Rows, width));
        var value = new Tensor(DType.Float32, new Shape(Rows, width));
        for (int row = 0; row < Rows; row++)
        {
            for (int k = _rowStart[row]; k < _rowStart[row + 1]; k++)
            {
                int at = (row * width) + k - _rowStart[row];
                index.Span<long>()[at] = _columns[k];
                value.Span<float>()[at] = (float)_values[k];
            }
        }

        return (index, value);
    }

    /// <summary>Collects entries in any order; entries of the same place are added up in the order they came.</summary>
    public sealed class Builder(int rows, int columns, int capacity = 0)
    {
        private readonly List<(int Row, int Column, double Value)> _entries = new(capacity);

        public void Add(int row, int column, double value) => _entries.Add((row, column, value));

        /// <summary>Builds the matrix by two stable counting sorts, so the order of equal entries is kept.</summary>
        public SparseMatrix Build()
        {
            (int Row, int Column, double Value)[] sorted = CountingSort([.. _entries], columns, static entry => entry.Column);
            sorted = CountingSort(sorted, rows, static entry => entry.Row);
            var rowStart = new int[rows + 1];
            var columnOf = new int[sorted.Length];
            var values = new double[sorted.Length];
            int count = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                (int row, int column, double value) = sorted[i];
                if (i > 0 && sorted[i - 1].Row == row && sorted[i - 1].Column == column)
                {
                    values[count - 1] += value;
                    continue;
                }

                columnOf[count] = column;
                values[count++] = value;
                rowStart[row + 1] = count;
            }

            for (int row = 0; row < rows; row++)
            {
                rowStart[row + 1] = Math.Max(rowStart[row + 1], rowStart[row]);
            }

            return new SparseMatrix(rows, columns, rowStart, columnOf[..count], values[..count]);
        }

        private static (int Row, int Column, double Value)[] CountingSort(
            (int Row, int Column, double Value)[] entries, int keys, Func<(int Row, int Column, double Value), int> keyOf)
        {
            var next = new int[keys + 1];
            foreach ((int Row, int Column, double Value) entry in entries)
            {
                next[keyOf(entry) + 1]++;
            }

            for (int key = 0; key < keys; key++)
            {
                next[key + 1] += next[key];
            }

            var sorted = new (int Row, int Column, double Value)[entries.Length];
            foreach ((int Row, int Column, double Value) entry in entries)
            {
                sorted[next[keyOf(entry)]++] = entry;
            }

            return sorted;
        }
    }
}
