using System.Runtime.Intrinsics;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>The positions in the source that one output row samples.</summary>
internal interface IWarpPositions
{
    /// <summary>True if a position may be no number: nothing is seen there, with either border.</summary>
    bool HasGaps { get; }

    /// <summary>How many columns of the source further the row some output rows on begins.</summary>
    nint ColumnsAhead { get; }

    /// <summary>How many rows further.</summary>
    nint RowsAhead { get; }

    /// <summary>Four positions from a column on.</summary>
    void Read(int column, out Vector256<double> x, out Vector256<double> y);
}

/// <summary>A matrix [3, 3] takes output pixels to source positions.</summary>
internal readonly unsafe struct MatrixPositions : IWarpPositions
{
    // A turned crop meets another cache line with every pixel: they are asked for some output rows early.
    private const int Ahead = 6;

    private readonly double* _m;
    private readonly int _row;

    public MatrixPositions(double* m, int row, int columns)
    {
        _m = m;
        _row = row;

        // How the position at the middle of the row moves from row to row; a view that is turned moves each at its own pace.
        double middle = 0.5 * columns;
        double w = (m[6] * middle) + (m[7] * row) + m[8];
        double x = ((m[0] * middle) + (m[1] * row) + m[2]) / w, y = ((m[3] * middle) + (m[4] * row) + m[5]) / w;
        ColumnsAhead = double.ConvertToIntegerNative<int>(Math.Round(Ahead * (m[1] - (x * m[7])) / w));
        RowsAhead = double.ConvertToIntegerNative<int>(Math.Round(Ahead * (m[4] - (y * m[7])) / w));
    }

    public bool HasGaps => false;

    public nint ColumnsAhead { get; }

    public nint RowsAhead { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int column, out Vector256<double> x, out Vector256<double> y)
    {
        Vector256<double> columns = Vector256.Create((double)column) + Vector256.Create(0.0, 1, 2, 3);
        double* m = _m;
        double w = (m[7] * _row) + m[8];
        x = (columns * m[0]) + Vector256.Create((m[1] * _row) + m[2]);
        y = (columns * m[3]) + Vector256.Create((m[4] * _row) + m[5]);
        if (m[6] != 0 || w != 1)
        {
            Vector256<double> factor = (columns * m[6]) + Vector256.Create(w);
            x /= factor;
            y /= factor;
        }
    }
}

/// <summary>Positions that were computed before; four numbers more than the row has columns.</summary>
internal readonly unsafe struct ListedPositions(double* across, double* down) : IWarpPositions
{
    public bool HasGaps => true;

    public nint ColumnsAhead => 0;

    public nint RowsAhead => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int column, out Vector256<double> x, out Vector256<double> y)
    {
        x = Vector256.Load(across + column);
        y = Vector256.Load(down + column);
    }

    /// <summary>The pixels that a lens shows the rays of an output row at; not numbers where it shows none.</summary>
    /// <param name="projection">The lens.</param>
    /// <param name="m">Matrix [3, 3] from output pixels to rays in the axes of the stored frame.</param>
    /// <param name="row">Output row.</param>
    /// <param name="columns">Its length.</param>
    /// <param name="across">Written.</param>
    /// <param name="down">Written.</param>
    public static void Fill(LensProjection projection, double* m, int row, int columns, double* across, double* down)
    {
        for (int column = 0; column < columns; column++)
        {
            double x = (m[0] * column) + (m[1] * row) + m[2], y = (m[3] * column) + (m[4] * row) + m[5];
            double z = (m[6] * column) + (m[7] * row) + m[8];
            bool seen = projection.TryProject(x, y, z, out double u, out double v);
            (across[column], down[column]) = seen ? (u, v) : (double.NaN, double.NaN);
        }

        for (int i = 0; i < 4; i++)
        {
            across[columns + i] = down[columns + i] = double.NaN;
        }
    }
}
