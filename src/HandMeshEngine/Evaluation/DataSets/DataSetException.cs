namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// A data set, image list or file of predictions cannot be used. The message is one sentence: which file and where in it, what is wrong,
/// what to do.
/// </summary>
public sealed class DataSetException : Exception
{
    /// <summary>Describes what is wrong.</summary>
    /// <param name="file">The file or folder.</param>
    /// <param name="problem">Where, what is wrong and what to do.</param>
    /// <param name="cause">The exception that revealed it.</param>
    public DataSetException(string file, string problem, Exception? cause = null)
        : base($"{file}: {problem}", cause) => File = file;

    /// <summary>The file or folder.</summary>
    public string File { get; }
}
