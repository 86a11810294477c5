namespace HandMeshEngine.Cli.Output;

/// <summary>Sentences on standard error.</summary>
internal static class ErrorLine
{
    /// <summary>Prints a sentence; where nobody listens (standard error is closed) it is lost, which must not end the command.</summary>
    public static void Write(string sentence)
    {
        try
        {
            ProgressLine.Clear();
            Console.Error.WriteLine($"handmesh: {sentence}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
