using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace HandMeshEngine.Conversion;

/// <summary>Whether tables are those that the authors' released weights were trained with, told by their fingerprints.</summary>
internal static class ReleasedTables
{
    /// <summary>SHA-256, lower-case hexadecimal, of the values as little-endian int32.</summary>
    public static string Fingerprint(ReadOnlySpan<int> values) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));

    /// <summary>
    /// Adds a notice if tables differ from the released ones. Another file may give the same tables (other line ends, saved
    /// anew): what counts is what is built from it.
    /// </summary>
    /// <param name="path">The file that they were built from.</param>
    /// <param name="publishedFile">SHA-256 of the authors' file.</param>
    /// <param name="tables">Integer tables with the fingerprints of the released ones.</param>
    /// <param name="notices">Receives the notice.</param>
    /// <exception cref="CheckpointException">The file is the authors', but the tables are not.</exception>
    public static void Compare(
        string path, string publishedFile, IEnumerable<(Tensor Table, string Released)> tables, List<string> notices)
    {
        if (tables.All(pair => Fingerprint(pair.Table.Span<int>()) == pair.Released))
        {
            return;
        }

        if (SourceFiles.Sha256(path) == publishedFile)
        {
            throw new CheckpointException(
                path, "this is the authors' file, but the tables built from it are not the authors': please report this as a bug");
        }

        notices.Add(NotReleased(path));
    }

    /// <summary>Adds a notice if a file is not, byte for byte, the one that the authors published.</summary>
    public static void NoteUnlessPublished(string path, string publishedFile, List<string> notices)
    {
        if (SourceFiles.Sha256(path) != publishedFile)
        {
            notices.Add(NotReleased(path));
        }
    }

    private static string NotReleased(string path) =>
        $"{path}: this is not the table of the authors' released weights; the result is right only for weights that were trained with it";
}
