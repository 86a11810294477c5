namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>Names in the order of the numbers in them: <c>f2</c> before <c>f10</c>, time stamps by time.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    private const int ShortestEpoch = 9;

    private readonly bool _hasFractions;

    private NaturalOrder(bool hasFractions) => _hasFractions = hasFractions;

    /// <summary>Numbers are whole numbers.</summary>
    public static NaturalOrder Whole { get; } = new(false);

    /// <summary>A dot between digits begins a fraction: <c>0.25</c> before <c>0.5</c>.</summary>
    public static NaturalOrder Fractions { get; } = new(true);

    /// <summary>Sorts the frames of one video by their names.</summary>
    /// <param name="files">Paths; sorted in place.</param>
    /// <returns>Why the order may not be that of time, or null.</returns>
    public static string? Sort(string[] files)
    {
        // Names that are numbers: seconds, with as many digits as there were. Since 1970 they cannot be anything else.
        string[] stems = [.. files.Select(Stem)];
        bool areNumbers = stems.Any(stem => stem.Contains('.', StringComparison.Ordinal)) && stems.All(stem => WholeDigits(stem) > 0);
        bool areStamps = areNumbers && stems.All(stem => WholeDigits(stem) >= ShortestEpoch);
        NaturalOrder order = areNumbers ? Fractions : Whole;
        Array.Sort(files, (a, b) => order.Compare(Stem(a), Stem(b)) is var c && c != 0 ? c : string.CompareOrdinal(a, b));
        return Doubt(files, order, areStamps);
    }

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (a.Length > 0 && b.Length > 0)
        {
            ReadOnlySpan<char> first = Part(ref a, out bool isNumber), second = Part(ref b, out bool isOther);
            int order = isNumber && isOther ? Number(first, second) : first.CompareTo(second, StringComparison.Ordinal);
            if (order == 0 && isNumber && _hasFractions && IsFraction(a) && IsFraction(b))
            {
                a = a[1..];
                b = b[1..];
                order = Part(ref a, out _).CompareTo(Part(ref b, out _), StringComparison.Ordinal);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return a.Length - b.Length;
    }

    private static string? Doubt(string[] files, NaturalOrder order, bool areStamps)
    {
        for (int i = 1; i < files.Length; i++)
        {
            string before = Stem(files[i - 1]), name = Stem(files[i]);
            string pair = $"{Path.GetFileName(files[i - 1])} and {Path.GetFileName(files[i])}";
            if (Form(before) != Form(name))
            {
                return $"{pair} have names of different forms";
            }

            if (order.Compare(before, name) == 0)
            {
                return $"{pair} have the same number";
            }

            if (!areStamps && Math.Sign(Whole.Compare(before, name)) != Math.Sign(Fractions.Compare(before, name)))
            {
                return $"the numbers of {pair} may have a decimal point";
            }
        }

        return files.Length == 1 || files.Any(file => Stem(file).Any(char.IsAsciiDigit)) || files.Length == 0 ? null : "the names have no numbers";
    }

    // What is left of a name without its numbers.
    private static string Form(string stem)
    {
        var form = new StringBuilder();
        foreach (char c in stem)
        {
            if (!char.IsAsciiDigit(c) || form.Length == 0 || form[^1] != '0')
            {
                form.Append(char.IsAsciiDigit(c) ? '0' : c);
            }
        }

        return form.ToString();
    }

    // Digits before the point of a name that is a number; else 0.
    private static int WholeDigits(string stem)
    {
        int whole = stem.TakeWhile(char.IsAsciiDigit).Count();
        bool hasFraction = stem.Length > whole + 1 && stem[whole] == '.' && stem.Skip(whole + 1).All(char.IsAsciiDigit);
        return hasFraction || stem.Length == whole ? whole : 0;
    }

    private static bool IsFraction(ReadOnlySpan<char> rest) => rest.Length > 1 && rest[0] == '.' && char.IsAsciiDigit(rest[1]);

    private static ReadOnlySpan<char> Part(ref ReadOnlySpan<char> rest, out bool isNumber)
    {
        isNumber = char.IsAsciiDigit(rest[0]);
        int length = 1;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]) == isNumber)
        {
            length++;
        }

        ReadOnlySpan<char> part = rest[..length];
        rest = rest[length..];
        return part;
    }

    // Of any length: no number type holds a time stamp in nanoseconds with a prefix.
    private static int Number(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : a.CompareTo(b, StringComparison.Ordinal);
    }

    private static string Stem(string file) => Path.GetFileNameWithoutExtension(file);
}
