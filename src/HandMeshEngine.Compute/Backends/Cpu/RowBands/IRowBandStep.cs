using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>A step on maps that can make some rows at a time, its operands being anywhere: what <see cref="RowBandsStep"/> chains.</summary>
internal unsafe interface IRowBandStep
{
    View Input { get; }

    View Output { get; }

    View? Residual { get; }

    /// <summary>What a row reads; null if the step cannot run by rows.</summary>
    RowWindow? Window { get; }

    /// <summary>Makes the tables for this many rows at once; while the plan is made.</summary>
    void Prepare(int rows);

    /// <summary>
    /// Makes <paramref name="rows"/> rows from <paramref name="first"/> on; <paramref name="input"/> and <paramref name="output"/> are where
    /// the first pixel of row 0 of the two maps lies, or would lie.
    /// </summary>
    void RunRows(int first, int rows, float* input, float* output);
}
