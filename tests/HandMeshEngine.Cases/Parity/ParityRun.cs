using HandMeshEngine.Compute;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Cases.Parity;

/// <summary>Runs stored cases on a backend.</summary>
public static class ParityRun
{
    /// <summary>The cases of a folder of the parity data, as paths.</summary>
    public static IReadOnlyList<string> Cases(string folder) => CaseFolders.Files(folder);

    /// <summary>Null if everything of a case is within tolerance, else the whole report, which ends with the first diverging stage.</summary>
    /// <param name="path">The case.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="precision">Number format of the plans.</param>
    /// <param name="multiplyAddLimit">Graphs with more multiply-adds are left out.</param>
    /// <param name="weights">Other weights than the case was made with, or null.</param>
    public static string? Failure(
        string path, Backend backend, Precision precision = Precision.Float32, long multiplyAddLimit = long.MaxValue, TensorMap? weights = null)
    {
        VerificationReport report = Verifier.Run(ReferenceCase.Read(path), backend, precision, weights, multiplyAddLimit);
        return report.Passed ? null : report.ToString();
    }
}
