namespace HandMeshEngine.Images;

/// <summary>A picture cannot be read: the message says what is wrong, at which byte, and what to do.</summary>
public sealed class ImageException : Exception
{
    /// <summary>An exception with the one sentence that the user is to read.</summary>
    public ImageException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its sentence and what caused it.</summary>
    public ImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
