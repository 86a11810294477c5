using System.Globalization;
using System.Text;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// The tiles that were fastest when a device was tuned: a small text file beside the kernels, named after the device and the kernel
/// sources, so that neither another card nor a new version reads it. Its last line is a checksum of the others.
/// </summary>
internal sealed class TileTable
{
    private readonly SortedDictionary<string, Tile> _tiles = new(StringComparer.Ordinal);

    /// <summary>The file of a device in a kernel folder.</summary>
    public static string PathFor(string? folder, CudaDevice device)
    {
        var hash = new Sha256();
        hash.Append(Encoding.UTF8.GetBytes($"{device} {device.MultiprocessorCount}\n"));
        foreach ((string name, string text) in ProgramWriter.Sources.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{name}\n{text}\n"));
        }

        string digest = Convert.ToHexStringLower(hash.Finish().AsSpan(0, 8));
        return Path.Combine(folder ?? KernelCache.DefaultFolder, string.Create(CultureInfo.InvariantCulture, $"tiles-sm_{device.Sm}-{digest}.txt"));
    }

    /// <summary>Reads a file. Not there: empty. Damaged: empty, and a note that says so.</summary>
    public static (TileTable Table, string? Note) Read(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            int end = text.LastIndexOf("sum ", StringComparison.Ordinal);
            if (end >= 0 && text[end..].Trim() == Sum(text[..end]))
            {
                var table = new TileTable();
                foreach (string line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    int[] n = [.. line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
                    table.Set(new ProductShape(n[0], n[1], n[2], n[3]), new Tile(n[4], n[5], n[6], n[7]));
                }

                return (table, null);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (new TileTable(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return (new TileTable(), $"{path} cannot be used ({e.Message}); tiles are chosen by rule, run handmesh tune again");
        }

        return (new TileTable(), $"{path} is damaged; tiles are chosen by rule, run handmesh tune again");
    }

    /// <summary>What was measured for a product.</summary>
    public bool TryGet(ProductShape product, out Tile tile) => _tiles.TryGetValue(Key(product), out tile);

    /// <summary>Notes what is fastest for a product.</summary>
    public void Set(ProductShape product, Tile tile) => _tiles[Key(product)] = tile;

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path)
    {
        string text = ToString(), beside = $"{path}.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(beside, text + Sum(text) + "\n");
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>A line for each product.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string key, Tile tile) in _tiles)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key} {tile.Rows} {tile.Outputs} {tile.Stages} {tile.Split}\n");
        }

        return text.ToString();
    }

    private static string Key(ProductShape product) => string.Create(
        CultureInfo.InvariantCulture, $"{product.Rows} {product.Outputs} {product.Chunks} {product.Phases}");

    private static string Sum(string text) => "sum " + Convert.ToHexStringLower(Sha256.Of(text));
}
