namespace HandMeshEngine.Meshes;

/// <summary>Normalised graph Laplacians, their largest eigenvalue and their rescaling to the Chebyshev range.</summary>
internal static class Laplacian
{
    private const double Tolerance = 1e-12;

    // Steps squared times nodes: what reorthogonalising costs, about a second. A hand's graph takes a tenth of it at most.
    private const double MostWork = 1e9;

    /// <summary>L = I - D^-1/2 W D^-1/2 of a symmetric weight matrix; a node without weight keeps a 1 on the diagonal.</summary>
    public static SparseMatrix Normalised(SparseMatrix weights)
    {
        double[] inverseRoot = Array.ConvertAll(weights.RowSums(), degree => degree > 0 ? 1 / Math.Sqrt(degree) : 0);
        var entries = new SparseMatrix.Builder(weights.Rows, weights.Columns, weights.Values.Length + weights.Rows);
        for (int row = 0; row < weights.Rows; row++)
        {
            entries.Add(row, row, 1);
            ReadOnlySpan<int> columns = weights.ColumnsOf(row);
            ReadOnlySpan<double> values = weights.ValuesOf(row);
            for (int k = 0; k < columns.Length; k++)
            {
                entries.Add(row, columns[k], -(inverseRoot[row] * values[k] * inverseRoot[columns[k]]));
            }
        }

        return entries.Build();
    }

    /// <summary><paramref name="scale"/> * L - I; entries that become exactly zero are dropped.</summary>
    public static SparseMatrix Rescaled(SparseMatrix laplacian, double scale)
    {
        var entries = new SparseMatrix.Builder(laplacian.Rows, laplacian.Columns, laplacian.Values.Length);
        for (int row = 0; row < laplacian.Rows; row++)
        {
            ReadOnlySpan<int> columns = laplacian.ColumnsOf(row);
            ReadOnlySpan<double> values = laplacian.ValuesOf(row);
            for (int k = 0; k < columns.Length; k++)
            {
                double value = (values[k] * scale) - (columns[k] == row ? 1 : 0);
                if (value != 0)
                {
                    entries.Add(row, columns[k], value);
                }
            }
        }

        return entries.Build();
    }

    /// <summary>
    /// The largest eigenvalue of a symmetric matrix, to about 1e-12 of its size: Lanczos with full reorthogonalisation from a fixed
    /// start vector, stopped by the residual bound. The same bits on every machine.
    /// </summary>
    /// <exception cref="ArgumentException">It does not converge in reasonable time: the graph is long and thin, unlike a hand.</exception>
    public static double LargestEigenvalue(SparseMatrix matrix)
    {
        int n = matrix.Rows;
        var basis = new List<double[]>();
        var diagonal = new List<double>();
        var offDiagonal = new List<double>();
        double[] vector = StartVector(n);
        double eigenvalue = 0;
        for (int step = 1; step <= n; step++)
        {
            if ((double)step * step * n > MostWork)
            {
                throw new ArgumentException(
                    $"the largest eigenvalue of a graph of {n} vertices does not converge in {step} steps: its mesh is long and thin, or far finer than a hand needs");
            }

            basis.Add(vector);
            var image = new double[n];
            matrix.Multiply(vector, image);
            diagonal.Add(Dot(image, vector));
            Orthogonalise(image, basis);
            Orthogonalise(image, basis); // once loses half the digits
            double norm = Math.Sqrt(Dot(image, image));
            var tridiagonal = new Tridiagonal(diagonal, offDiagonal);
            bool exhausted = norm < 1e-14 || step == n;
            if (exhausted || step % 8 == 0)
            {
                eigenvalue = tridiagonal.LargestEigenvalue();
                double residual = norm * tridiagonal.LastEigenvectorComponent(eigenvalue);
                if (exhausted || residual <= Tolerance * Math.Abs(eigenvalue))
                {
                    break;
                }
            }

            offDiagonal.Add(norm);
            vector = Array.ConvertAll(image, value => value / norm);
        }

        return eigenvalue;
    }

    // Uniform values from splitmix64: they meet every eigenvector, as a vector of ones would not.
    private static double[] StartVector(int length)
    {
        var vector = new double[length];
        for (int i = 0; i < length; i++)
        {
            ulong bits = (ulong)(i + 1) * 0x9E3779B97F4A7C15;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            bits ^= bits >> 31;
            vector[i] = ((bits >> 11) * 1.1102230246251565e-16) - 0.5;
        }

        double norm = Math.Sqrt(Dot(vector, vector));
        return Array.ConvertAll(vector, value => value / norm);
    }

    private static void Orthogonalise(double[] vector, List<double[]> basis)
    {
        foreach (double[] direction in basis)
        {
            double overlap = Dot(vector, direction);
            for (int i = 0; i < vector.Length; i++)
            {
                vector[i] -= overlap * direction[i];
            }
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
