namespace HandMeshEngine.Cli.Output;

/// <summary>The width that output is laid out for, and prose wrapped to it.</summary>
internal static class Page
{
    private const int DefaultWidth = 100;
    private const int Narrowest = 40;

    /// <summary>Columns: the variable <c>COLUMNS</c>, else the terminal's, else 100 (pipes and files).</summary>
    public static int Width
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns))
            {
                return Math.Max(columns, Narrowest);
            }

            try
            {
                return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Math.Max(Console.WindowWidth, Narrowest);
            }
            catch (IOException)
            {
                return DefaultWidth;
            }
        }
    }

    /// <summary>Writes text in lines of at most <see cref="Width"/> columns, broken at blanks; a longer word keeps a line to itself.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="text">One paragraph; blanks at its beginning stay.</param>
    /// <param name="hanging">Blanks before every line but the first.</param>
    public static void Write(TextWriter writer, string text, int hanging = 2)
    {
        int width = Width;
        ReadOnlySpan<char> rest = text;
        bool isFirst = true;
        while (true)
        {
            int room = isFirst ? width : width - hanging;
            int length = rest.Length <= room ? rest.Length : BreakBefore(rest, room);
            writer.Write(isFirst ? string.Empty : new string(' ', hanging));
            writer.WriteLine(rest[..length].TrimEnd());
            if (length == rest.Length)
            {
                return;
            }

            rest = rest[length..].TrimStart();
            isFirst = false;
        }
    }

    // The last blank within the width, else the first blank after it.
    private static int BreakBefore(ReadOnlySpan<char> text, int room)
    {
        int indent = text.Length - text.TrimStart().Length;
        int at = text[indent..(room + 1)].LastIndexOf(' ');
        if (at >= 0)
        {
            return indent + at;
        }

        at = text[(room + 1)..].IndexOf(' ');
        return at < 0 ? text.Length : room + 1 + at;
    }
}
