namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>A small sparse matrix, row by row, columns ascending; computed in double when a plan is made.</summary>
internal sealed class SparseRows
{
    private readonly SortedDictionary<int, double>[] _rows;

    private SparseRows(int rows)
    {
        _rows = [.. Enumerable.Range(0, rows).Select(_ => new SortedDictionary<int, double>())];
    }

    /// <summary>The Chebyshev polynomials T0 = 1, T1 = L, Tk = 2 L T(k-1) - T(k-2) of a matrix in ELL form.</summary>
    public static SparseRows[] Chebyshev(Tensor index, Tensor value, int count)
    {
        int rows = index.Shape[0], width = index.Shape[1];
        var terms = new SparseRows[count];
        for (int k = 0; k < count; k++)
        {
            SparseRows term = terms[k] = new SparseRows(rows);
            for (int row = 0; row < rows; row++)
            {
                if (k == 0)
                {
                    term.Add(row, row, 1);
                    continue;
                }

                for (int w = 0; w < width; w++)
                {
                    double factor = (k == 1 ? 1 : 2) * value.Span<float>()[(row * width) + w];
                    foreach ((int column, double entry) in terms[k - 1]._rows[index.Span<int>()[(row * width) + w]])
                    {
                        term.Add(row, column, factor * entry);
                    }
                }

                if (k > 1)
                {
                    foreach ((int column, double entry) in terms[k - 2]._rows[row])
                    {
                        term.Add(row, column, -entry);
                    }
                }
            }
        }

        return terms;
    }

    /// <summary>Where the entries of each row of each term start, row by row and term by term, and where the last ends.</summary>
    public static byte[] Starts(SparseRows[] terms)
    {
        var starts = new List<int> { 0 };
        foreach (SortedDictionary<int, double> row in InOrder(terms))
        {
            starts.Add(starts[^1] + Entries(row).Count());
        }

        return Bytes<int>(starts);
    }

    /// <summary>The columns of all entries in that order.</summary>
    public static byte[] Columns(SparseRows[] terms) => Bytes<int>([.. InOrder(terms).SelectMany(Entries).Select(entry => entry.Key)]);

    /// <summary>The values of all entries in that order.</summary>
    public static byte[] Values(SparseRows[] terms) => Bytes<float>([.. InOrder(terms).SelectMany(Entries).Select(entry => (float)entry.Value)]);

    private static IEnumerable<SortedDictionary<int, double>> InOrder(SparseRows[] terms) =>
        Enumerable.Range(0, terms[0]._rows.Length).SelectMany(row => terms.Select(term => term._rows[row]));

    private static IEnumerable<KeyValuePair<int, double>> Entries(SortedDictionary<int, double> row) => row.Where(entry => (float)entry.Value != 0);

    private static byte[] Bytes<T>(List<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray();

    private void Add(int row, int column, double value) => _rows[row][column] = _rows[row].GetValueOrDefault(column) + value;
}
