namespace HandMeshEngine.Cli.Output;

/// <summary>
/// Lines of cells, each column as wide as its widest cell, on a page of <see cref="Page.Width"/>: first names are shortened, then
/// the least important columns are left out.
/// </summary>
internal sealed class TextTable(params string[] header)
{
    private const string Gap = "  ";
    private const string Cut = "..";
    private const int ShortestName = 28;

    private readonly List<string[]> _rows = [header];

    /// <summary>Titles of columns that may be left out of a narrow page, the first to go first.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void WriteTo(TextWriter writer, string indent = "")
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => _rows.Max(row => row[column].Length))];
        int room = Page.Width - indent.Length;
        List<int> columns = [.. Enumerable.Range(0, header.Length)];
        foreach (string title in Optional)
        {
            if (Width(columns, widths) - Math.Max(0, widths[0] - ShortestName) > room)
            {
                columns.Remove(Array.IndexOf(header, title));
            }
        }

        widths[0] = Math.Max(Math.Min(widths[0], ShortestName), Math.Min(widths[0], widths[0] - Width(columns, widths) + room));
        foreach (string[] row in _rows)
        {
            string line = string.Join(Gap, columns.Select(column => Pad(Shorten(row[column], widths[column]), widths[column], column)));
            writer.WriteLine(indent + line.TrimEnd());
        }

        if (columns.Count < header.Length)
        {
            Page.Write(writer, $"{indent}(a wider page would also show {string.Join(", ", header.Where((_, column) => !columns.Contains(column)))})", indent.Length);
        }
    }

    private static int Width(IEnumerable<int> columns, int[] widths) => columns.Sum(column => widths[column] + Gap.Length) - Gap.Length;

    private static string Shorten(string cell, int width) => cell.Length <= width ? cell : string.Concat(cell.AsSpan(0, width - Cut.Length), Cut);

    // The first column names things; numbers in the others, and the titles above them, read better right-aligned.
    private string Pad(string cell, int width, int column) => column == 0 || HoldsWords(column) ? cell.PadRight(width) : cell.PadLeft(width);

    private bool HoldsWords(int column) => _rows.Skip(1).Any(row => row[column].Length > 0 && char.IsLetter(row[column][0]));
}
