namespace HandMeshEngine.Meshes;

/// <summary>A symmetric tridiagonal matrix, as Lanczos makes one: n diagonal and n - 1 positive off-diagonal entries.</summary>
internal readonly struct Tridiagonal(List<double> diagonal, List<double> offDiagonal)
{
    /// <summary>The largest eigenvalue by bisection on the number of eigenvalues above a bound, to the last bit.</summary>
    public double LargestEigenvalue()
    {
        double low = double.NegativeInfinity;
        double high = double.NegativeInfinity;
        for (int i = 0; i < diagonal.Count; i++)
        {
            double radius = (i > 0 ? offDiagonal[i - 1] : 0) + (i < diagonal.Count - 1 ? offDiagonal[i] : 0);
            low = Math.Max(low, diagonal[i]);
            high = Math.Max(high, diagonal[i] + radius);
        }

        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                return high;
            }

            if (HasEigenvalueAbove(middle))
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
    }

    /// <summary>The size of the last component of the unit eigenvector to this (largest) eigenvalue.</summary>
    public double LastEigenvectorComponent(double eigenvalue)
    {
        // The components fall towards the end once the eigenvalue has converged, so only the backward recurrence is stable.
        double next = 0;
        double current = 1;
        double last = 1;
        double squares = 1;
        for (int i = diagonal.Count - 1; i > 0; i--)
        {
            double coupling = i < diagonal.Count - 1 ? offDiagonal[i] : 0;
            double previous = (((eigenvalue - diagonal[i]) * current) - (coupling * next)) / offDiagonal[i - 1];
            (next, current) = (current, previous);
            squares += current * current;
            if (squares > 1e200)
            {
                (next, current, last, squares) = (next * 1e-100, current * 1e-100, last * 1e-100, squares * 1e-200);
            }
        }

        return last / Math.Sqrt(squares);
    }

    // Sylvester's law of inertia: a pivot of T - bound that is positive counts an eigenvalue above the bound.
    private bool HasEigenvalueAbove(double bound)
    {
        double pivot = 1;
        for (int i = 0; i < diagonal.Count; i++)
        {
            double coupling = i > 0 ? offDiagonal[i - 1] : 0;
            pivot = diagonal[i] - bound - (coupling * coupling / pivot);
            if (pivot >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
