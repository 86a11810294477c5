namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>One worker's part of numbered work: every <paramref name="Of"/>-th item, so that parts are alike.</summary>
/// <param name="Number">1 to <paramref name="Of"/>.</param>
/// <param name="Of">Workers in all.</param>
internal readonly record struct Shard(int Number, int Of)
{
    /// <summary>Everything.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>What results of this part are called besides their name: nothing, or <c>.2-of-8</c>.</summary>
    public string Suffix => Of == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $".{Number}-of-{Of}");

    /// <summary>Reads <c>K/N</c>.</summary>
    /// <exception cref="ArgumentException">K is not a number from 1 to N.</exception>
    public static Shard Parse(string? text)
    {
        if (text is null)
        {
            return Whole;
        }

        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int of)
            && number >= 1 && number <= of
            ? new Shard(number, of)
            : throw new ArgumentException($"--shard {text} is no part of a whole; give K/N with K from 1 to N, for example 1/8");
    }

    /// <summary>Whether an item belongs to this part.</summary>
    /// <param name="index">From 0.</param>
    public bool Has(int index) => index % Of == Number - 1;
}
