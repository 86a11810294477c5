using System.Text.Json;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>The tokens of a JSON file of any length, one at a time, through a small buffer.</summary>
internal sealed class JsonTokens : IDisposable
{
    // A number or key that does not fit is no data set.
    private const int BufferSize = 1 << 16;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private bool _isFinal;
    private long _consumed;
    private JsonReaderState _state;

    public JsonTokens(string path)
    {
        File = path;
        try
        {
            _stream = RegularFile.OpenRead(path, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataSetException(path, $"the file cannot be opened ({error.Message.TrimEnd('.')})", error);
        }
    }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>The token that <see cref="Read"/> found.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>The value of a number.</summary>
    public double Number { get; private set; }

    /// <summary>The value of a string or property name.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>Advances to the next token.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DataSetException">This is not JSON, or the file cannot be read.</exception>
    public bool Read()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
            bool found;
            try
            {
                found = reader.Read();
                Keep(in reader, found);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
            {
                throw new DataSetException(File, Damage(), error);
            }

            if (found || _isFinal)
            {
                return found;
            }

            Fill();
        }
    }

    /// <summary>Advances and demands a kind of token.</summary>
    /// <exception cref="DataSetException">Another token follows.</exception>
    public void Require(JsonTokenType type, string what)
    {
        if (!Read() || Type != type)
        {
            throw Misfit(what);
        }
    }

    /// <summary>Passes over the value that begins at the current token.</summary>
    public void SkipValue()
    {
        int depth = 0;
        do
        {
            depth += Type is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : Type is JsonTokenType.EndArray or JsonTokenType.EndObject ? -1 : 0;
        }
        while (depth > 0 && Read());
    }

    /// <summary>The sentence for a token that does not belong here.</summary>
    public DataSetException Misfit(string expected) =>
        new(File, $"{expected} expected before byte {_consumed}, but there is {(Type == JsonTokenType.None ? "nothing" : Type.ToString())}");

    public void Dispose() => _stream.Dispose();

    private void Keep(in Utf8JsonReader reader, bool found)
    {
        if (found)
        {
            Type = reader.TokenType;
            Number = Type == JsonTokenType.Number ? reader.GetDouble() : 0;
            Text = Type is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() ?? string.Empty : string.Empty;
        }

        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
        _consumed += reader.BytesConsumed;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            throw new DataSetException(File, $"a single value at byte {_consumed} is longer than {BufferSize} bytes; this is no data set file");
        }

        try
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isFinal = read == 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(File, $"the file cannot be read ({error.Message.TrimEnd('.')})", error);
        }
    }

    // Python writes NaN and Infinity, which JSON does not have.
    private string Damage()
    {
        ReadOnlySpan<byte> ahead = _buffer.AsSpan(_start, Math.Min(_end - _start, 64));
        int at = ahead.IndexOfAnyExcept(" ,\r\n\t["u8);
        ReadOnlySpan<byte> word = at < 0 ? [] : ahead[at..];
        return word.StartsWith("NaN"u8) || word.StartsWith("Infinity"u8) || word.StartsWith("-Infinity"u8)
            ? $"a value near byte {_consumed} is not a number (NaN or Infinity); write finite numbers, zeros where no hand was found"
            : $"the JSON is damaged near byte {_consumed}";
    }
}
