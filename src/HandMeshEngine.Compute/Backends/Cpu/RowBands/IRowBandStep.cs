namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>A step on maps that can compute a few rows at a time, wherever they lie: what <see cref="RowBandsStep"/> fuses.</summary>
internal unsafe interface IRowBandStep
{
    View Input { get; }

    View Output { get; }

    View? Residual { get; }

    /// <summary>The input rows of an output row; null if the step cannot run by rows.</summary>
    RowWindow? Window { get; }

    /// <summary>Makes the tables for bands of this many rows, while the plan is made.</summary>
    void Prepare(int rows);

    /// <summary>
    /// Computes <paramref name="rows"/> rows from <paramref name="first"/> on; <paramref name="input"/> and <paramref name="output"/> are
    /// where the first pixel of row 0 of the two maps lies, or would lie.
    /// </summary>
    void RunRows(int first, int rows, float* input, float* output);
}
