namespace HandMeshEngine.Server.Command;

/// <summary>A file with a token a line; empty lines and those that begin with # do not count.</summary>
internal static class TokenFile
{
    private const int Shortest = 16;
    private const int MostBytes = 1 << 20;

    /// <exception cref="ArgumentException">There is no token in it, or one that is too short.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new ArgumentException($"--token-file {path} has more than {MostBytes} bytes; give a file with a token a line");
        }

        string[] tokens = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        return tokens.Length == 0 ? throw new ArgumentException($"--token-file {path} has no token; write one a line, such as openssl rand -hex 32 makes")
            : tokens.Any(token => token.Length < Shortest || token.Any(letter => letter is <= ' ' or > '~'))
            ? throw new ArgumentException($"--token-file {path} has a token of fewer than {Shortest} characters, or with others than ASCII has; make one with openssl rand -hex 32")
            : tokens;
    }
}
