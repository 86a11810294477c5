namespace HandMeshEngine.CameraFiles;

/// <summary>Lists and fields in brackets: <c>[1, 2, {rows: 3}]</c>.</summary>
internal ref struct FlowReader
{
    private const int Deepest = 32;

    private readonly ReadOnlySpan<char> _text;
    private readonly int _line;
    private int _at;

    private FlowReader(ReadOnlySpan<char> text, int line)
    {
        _text = text;
        _line = line;
    }

    /// <summary>Reads a text that begins with a bracket.</summary>
    /// <exception cref="FormatException">A bracket or a comma is missing.</exception>
    public static FileNode Read(string text, int line)
    {
        var reader = new FlowReader(text, line);
        FileNode node = reader.Node(0);
        reader.SkipBlanks();
        return reader._at == text.Length ? node : throw reader.Bad("something follows the last bracket");
    }

    private FileNode Node(int depth)
    {
        SkipBlanks();
        if (depth > Deepest)
        {
            throw Bad($"brackets lie deeper than {Deepest} levels");
        }

        if (_at < _text.Length && _text[_at] == '[')
        {
            _at++;
            var items = new List<FileNode>();
            while (!Ends(']'))
            {
                items.Add(Node(depth + 1));
                Comma(']');
            }

            return new FileNode { Items = items };
        }

        if (_at < _text.Length && _text[_at] == '{')
        {
            _at++;
            var fields = new Dictionary<string, FileNode>(StringComparer.Ordinal);
            while (!Ends('}'))
            {
                string name = Word(isName: true);
                SkipBlanks();
                if (_at == _text.Length || _text[_at] != ':')
                {
                    throw Bad($"a colon is missing after '{name}'");
                }

                _at++;
                fields[name] = Node(depth + 1);
                Comma('}');
            }

            return new FileNode { Fields = fields };
        }

        return new FileNode { Text = Word(isName: false) };
    }

    private bool Ends(char bracket)
    {
        SkipBlanks();
        if (_at == _text.Length)
        {
            throw Bad($"'{bracket}' is missing");
        }

        if (_text[_at] != bracket)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Comma(char bracket)
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == ',')
        {
            _at++;
        }
        else if (_at == _text.Length || _text[_at] != bracket)
        {
            throw Bad("a comma or a bracket is missing");
        }
    }

    private string Word(bool isName)
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] is '"' or '\'')
        {
            char quote = _text[_at++];
            int end = _text[_at..].IndexOf(quote);
            if (end < 0)
            {
                throw Bad("a quote is not closed");
            }

            string quoted = _text.Slice(_at, end).ToString();
            _at += end + 1;
            return quoted;
        }

        int start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ']' or '}' or '[' or '{') && !(isName && _text[_at] == ':'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at].Trim().ToString() : throw Bad("a value is missing");
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private readonly FormatException Bad(string what) => new($"line {_line}: {what}");
}
