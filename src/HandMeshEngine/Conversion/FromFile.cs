namespace HandMeshEngine.Conversion;

/// <summary>Builds tables from the content of a file. What builds them speaks of bad arguments; for the user it is a bad file.</summary>
internal static class FromFile
{
    /// <summary>Builds one thing.</summary>
    /// <exception cref="CheckpointException">The content is bad.</exception>
    public static T Build<T>(string path, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new CheckpointException(path, error.Message, cause: error);
        }
    }

    /// <summary>Builds tables and sets them among <paramref name="tables"/>.</summary>
    /// <exception cref="CheckpointException">The content is bad.</exception>
    public static void AddTo(TensorMap tables, string path, Func<TensorMap> build)
    {
        foreach ((string name, Tensor tensor) in Build(path, build))
        {
            tables.Set(name, tensor);
        }
    }
}
