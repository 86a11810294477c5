namespace HandMeshEngine.CameraFiles;

/// <summary>A value of a calibration file: text, a list or named fields; nothing else is known of YAML, JSON and XML here.</summary>
internal sealed class FileNode
{
    /// <summary>A scalar.</summary>
    public string? Text { get; init; }

    /// <summary>A list.</summary>
    public List<FileNode>? Items { get; init; }

    /// <summary>Fields in the file's order.</summary>
    public Dictionary<string, FileNode>? Fields { get; init; }

    /// <summary>A field by any of these names, or null.</summary>
    public FileNode? Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Fields is not null && Fields.TryGetValue(name, out FileNode? node))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>All numbers below: a list, lists of lists, text with blanks between, or a matrix with <c>data</c>.</summary>
    /// <exception cref="FormatException">Something else stands there.</exception>
    public double[] Numbers()
    {
        var numbers = new List<double>();
        Collect(this, numbers);
        return [.. numbers];
    }

    /// <summary>A whole number, or null where there is none.</summary>
    public int? WholeNumber() =>
        Text is not null && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && value is >= int.MinValue and <= int.MaxValue && value == Math.Floor(value)
            ? (int)value : null;

    private static void Collect(FileNode node, List<double> numbers)
    {
        if (node.Find("data") is { } data)
        {
            Collect(data, numbers);
            return;
        }

        if (node.Items is not null)
        {
            foreach (FileNode item in node.Items)
            {
                Collect(item, numbers);
            }

            return;
        }

        if (node.Fields is not null)
        {
            throw new FormatException($"holds fields ({string.Join(", ", node.Fields.Keys)}) where numbers are expected");
        }

        foreach (string word in (node.Text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            numbers.Add(word.ToLowerInvariant() switch
            {
                ".nan" => double.NaN,
                ".inf" or "+.inf" => double.PositiveInfinity,
                "-.inf" => double.NegativeInfinity,
                _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    ? value : throw new FormatException($"'{word}' is no number"),
            });
        }
    }
}
