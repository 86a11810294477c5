namespace HandMeshEngine.CameraFiles;

/// <summary>
/// The part of YAML that calibration files use: fields and lists by indentation, lists and fields in brackets over several lines, tags,
/// quotes and comments. JSON is such a text, too.
/// </summary>
internal sealed class YamlReader
{
    private readonly List<(int Indent, string Text, int Number)> _lines = [];
    private int _at;

    private YamlReader(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = WithoutComment(lines[i]).TrimEnd();
            if (line.Contains('\t', StringComparison.Ordinal))
            {
                line = line.Replace("\t", "    ", StringComparison.Ordinal);
            }

            string content = line.TrimStart();
            if (content.Length == 0 || content.StartsWith('%') || content is "---" or "...")
            {
                continue;
            }

            // What stands in brackets is one line.
            int first = i;
            while (Depth(content, first + 1) > 0)
            {
                if (++i == lines.Length)
                {
                    throw new FormatException($"line {first + 1}: a bracket is not closed");
                }

                content += " " + WithoutComment(lines[i]).Trim();
            }

            _lines.Add((line.Length - line.TrimStart().Length, content, first + 1));
        }
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no such text; the message names the line.</exception>
    public static FileNode Read(string text)
    {
        var reader = new YamlReader(text);
        if (reader._lines.Count == 0)
        {
            throw new FormatException("nothing stands in it");
        }

        FileNode root = reader.Block(reader._lines[0].Indent, 0);
        return reader._at == reader._lines.Count
            ? root
            : throw new FormatException($"line {reader._lines[reader._at].Number}: the indentation fits nothing above");
    }

    private FileNode Block(int indent, int depth)
    {
        const int deepest = 32;
        if (depth > deepest)
        {
            throw new FormatException($"line {_lines[_at].Number}: fields lie deeper than {deepest} levels");
        }

        string text = _lines[_at].Text;
        if (text.StartsWith('{') || text.StartsWith('['))
        {
            return FlowReader.Read(text, _lines[_at++].Number);
        }

        if (IsItem(text))
        {
            return List(indent, depth);
        }

        if (ColonOf(text) < 0)
        {
            return new FileNode { Text = Unquoted(_lines[_at++].Text) };
        }

        var fields = new Dictionary<string, FileNode>(StringComparer.Ordinal);
        while (_at < _lines.Count && _lines[_at].Indent == indent && !IsItem(_lines[_at].Text))
        {
            (_, string line, int number) = _lines[_at];
            int colon = ColonOf(line);
            if (colon < 0)
            {
                throw new FormatException($"line {number}: '{Short(line)}' is no field");
            }

            _at++;
            fields[Unquoted(line[..colon].Trim())] = Value(WithoutTag(line[(colon + 1)..].Trim()), indent, number, depth);
        }

        return new FileNode { Fields = fields };
    }

    private FileNode List(int indent, int depth)
    {
        var items = new List<FileNode>();
        while (_at < _lines.Count && _lines[_at].Indent == indent && IsItem(_lines[_at].Text))
        {
            (_, string line, int number) = _lines[_at];
            string rest = line[1..].TrimStart();
            if (ColonOf(rest) >= 0 && !rest.StartsWith('{') && !rest.StartsWith('['))
            {
                // Fields that begin beside the dash.
                int inner = indent + line.Length - rest.Length;
                _lines[_at] = (inner, rest, number);
                items.Add(Block(inner, depth + 1));
                continue;
            }

            _at++;
            items.Add(Value(WithoutTag(rest), indent, number, depth));
        }

        return new FileNode { Items = items };
    }

    // What follows a colon or a dash: here, or below.
    private FileNode Value(string here, int indent, int number, int depth)
    {
        if (here.Length > 0)
        {
            return here[0] is '[' or '{' ? FlowReader.Read(here, number) : new FileNode { Text = Unquoted(here) };
        }

        bool isBelow = _at < _lines.Count
            && (_lines[_at].Indent > indent || (_lines[_at].Indent == indent && IsItem(_lines[_at].Text)));
        return isBelow ? Block(_lines[_at].Indent, depth + 1) : new FileNode { Text = string.Empty };
    }

    private static bool IsItem(string text) => text == "-" || text.StartsWith("- ", StringComparison.Ordinal);

    // A colon that ends the text or is followed by a blank, outside of quotes and brackets.
    private static int ColonOf(string text)
    {
        char quote = '\0';
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                continue;
            }

            quote = c is '"' or '\'' ? c : quote;
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            if (c == ':' && depth == 0 && (i + 1 == text.Length || text[i + 1] == ' '))
            {
                return i;
            }
        }

        return -1;
    }

    private static int Depth(string text, int number)
    {
        int depth = 0;
        char quote = '\0';
        foreach (char c in text)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                continue;
            }

            quote = c is '"' or '\'' ? c : quote;
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
        }

        return depth >= 0 ? depth : throw new FormatException($"line {number}: a bracket is closed that was not opened");
    }

    private static string WithoutComment(string line)
    {
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return line[..i];
            }
        }

        return line;
    }

    private static string WithoutTag(string text)
    {
        if (!text.StartsWith('!'))
        {
            return text;
        }

        int end = text.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? string.Empty : text[end..].Trim();
    }

    private static string Unquoted(string text) =>
        text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
