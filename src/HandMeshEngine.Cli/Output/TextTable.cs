namespace HandMeshEngine.Cli.Output;

/// <summary>Lines of cells, each column as wide as its widest cell; reads well on a terminal and in a pipe.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void WriteTo(TextWriter writer, string indent = "")
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => Pad(cell, widths[column], column)));
            writer.WriteLine(indent + line.TrimEnd());
        }
    }

    // The first column names things; numbers in the others read better right-aligned.
    private static string Pad(string cell, int width, int column) => column == 0 || cell.Length == 0 || char.IsLetter(cell[0])
        ? cell.PadRight(width)
        : cell.PadLeft(width);
}
