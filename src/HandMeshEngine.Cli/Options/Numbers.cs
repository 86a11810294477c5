namespace HandMeshEngine.Cli.Options;

/// <summary>Lists of numbers in options.</summary>
internal static class Numbers
{
    /// <summary>Exactly <paramref name="count"/> numbers separated by commas.</summary>
    /// <exception cref="ArgumentException">There are more or fewer, or one is not a number.</exception>
    public static double[] Parse(string option, string text, int count)
    {
        string[] parts = text.Split(',');
        var numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new ArgumentException($"{option} {text}: '{parts[i]}' is not a number");
            }
        }

        return numbers.Length == count
            ? numbers
            : throw new ArgumentException($"{option} {text} has {numbers.Length} numbers, it takes {count} separated by commas");
    }
}
