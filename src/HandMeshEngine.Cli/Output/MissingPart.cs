using System.Runtime.CompilerServices;

namespace HandMeshEngine.Cli.Output;

/// <summary>
/// An assembly that cannot be loaded: the installation is incomplete, or the process may open no more files. Needs no other
/// assembly itself.
/// </summary>
internal static class MissingPart
{
    /// <summary>The name of the assembly that an exception is about, or null if it is about something else.</summary>
    public static string? Of(Exception exception)
    {
        bool starts = exception is TypeInitializationException;
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            string? name = cause switch
            {
                FileNotFoundException missing => missing.FileName,
                FileLoadException unloadable => unloadable.FileName,
                _ => null,
            };
            if (starts && cause is OutOfMemoryException)
            {
                return "a part of the program";
            }

            if (name?.Contains(", Version=", StringComparison.Ordinal) == true)
            {
                return name[..name.IndexOf(',', StringComparison.Ordinal)];
            }
        }

        return null;
    }

    /// <summary>Says so, if the console can still be reached: it may be a part that cannot be loaded, then the exit code has to do.</summary>
    public static void Report(string name)
    {
        try
        {
            Write($"handmesh: {name} cannot be loaded: the installation is incomplete, or the process may open no more files (see ulimit -n)");
        }
        catch (Exception exception) when (Of(exception) is not null || exception is IOException or TypeInitializationException)
        {
            return;
        }
    }

    // Apart, so that the console is looked for inside the block that catches.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write(string sentence) => Console.Error.WriteLine(sentence);
}
