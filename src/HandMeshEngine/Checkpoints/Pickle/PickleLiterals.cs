namespace HandMeshEngine.Checkpoints.Pickle;

/// <summary>Numbers and text as the opcodes store them.</summary>
internal static class PickleLiterals
{
    // A 64-bit number takes 20 digits; the magic number of a legacy checkpoint has 10 bytes.
    private const int LongestNumberText = 64;
    private const int LongestNumberBytes = 32;
    private const int LongestTextLine = 1 << 20;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A decimal line: an integer, or 00 and 01 for the bools of protocol 0.</summary>
    public static object Integer(PickleStream stream)
    {
        string line = stream.ReadLine(LongestNumberText);
        return line switch
        {
            "00" => false,
            "01" => true,
            _ when BigInteger.TryParse(
                line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number) => Narrow(number),
            _ => throw stream.Error($"'{CheckpointException.Printable(line)}' is not an integer"),
        };
    }

    /// <summary>A little-endian two's complement integer of any length.</summary>
    public static object Integer(PickleStream stream, ulong bytes)
    {
        if (bytes > LongestNumberBytes)
        {
            throw stream.Error($"an integer of {bytes} bytes is larger than any that a weights file needs");
        }

        return Narrow(new BigInteger(stream.ReadBlock(bytes)));
    }

    /// <summary>A float as a line of text.</summary>
    public static object FloatLine(PickleStream stream)
    {
        string line = stream.ReadLine(LongestNumberText);
        return double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : line switch
            {
                "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                "nan" => double.NaN,
                _ => throw stream.Error($"'{CheckpointException.Printable(line)}' is not a float"),
            };
    }

    /// <summary>A big-endian binary64.</summary>
    public static object Float(PickleStream stream) => BinaryPrimitives.ReadDoubleBigEndian(stream.ReadBlock(8));

    /// <summary>UTF-8 text of announced length.</summary>
    public static string Text(PickleStream stream, ulong bytes)
    {
        try
        {
            return _strictUtf8.GetString(stream.ReadBlock(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw stream.Error("a text is not valid UTF-8: the file is damaged");
        }
    }

    /// <summary>A line of Latin-1 text with \uXXXX and \UXXXXXXXX escapes.</summary>
    public static string UnicodeLine(PickleStream stream)
    {
        string line = stream.ReadLine(LongestTextLine);
        var text = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            int digits = line[i] != '\\' || i + 1 == line.Length ? 0 : line[i + 1] switch { 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                text.Append(line[i]);
                continue;
            }

            if (i + 2 + digits > line.Length
                || !uint.TryParse(line.AsSpan(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
                || (digits == 8 && !Rune.IsValid(code)))
            {
                throw stream.Error("a text holds a damaged \\u escape");
            }

            text.Append(digits == 4 ? ((char)code).ToString() : new Rune(code).ToString());
            i += 1 + digits;
        }

        return text.ToString();
    }

    /// <summary>A quoted line of Python 2: bytes, with backslash escapes.</summary>
    public static byte[] QuotedLine(PickleStream stream)
    {
        string line = stream.ReadLine(LongestTextLine);
        if (line.Length < 2 || line[0] is not ('\'' or '"') || line[^1] != line[0])
        {
            throw stream.Error("a text is not quoted: the file is damaged");
        }

        var bytes = new List<byte>(line.Length);
        for (int i = 1; i < line.Length - 1; i++)
        {
            if (line[i] != '\\')
            {
                bytes.Add((byte)line[i]);
                continue;
            }

            i++;
            char escape = i < line.Length - 1 ? line[i] : throw stream.Error("a text ends inside an escape");
            if (escape == 'x')
            {
                if (i + 3 > line.Length - 1
                    || !byte.TryParse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                {
                    throw stream.Error("a text holds a damaged \\x escape");
                }

                bytes.Add(value);
                i += 2;
                continue;
            }

            bytes.Add(escape switch
            {
                'n' => (byte)'\n',
                't' => (byte)'\t',
                'r' => (byte)'\r',
                '0' => 0,
                '\\' or '\'' or '"' => (byte)escape,
                _ => throw stream.Error($"a text holds the unknown escape \\{CheckpointException.Printable(escape.ToString())}"),
            });
        }

        return [.. bytes];
    }

    private static object Narrow(BigInteger number) =>
        number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
}
