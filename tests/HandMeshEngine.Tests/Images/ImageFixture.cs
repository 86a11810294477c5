namespace HandMeshEngine.Tests.Images;

/// <summary>One line of <c>tests/corpora/images/index.tsv</c>: a picture and what the C libraries decode from it.</summary>
internal sealed record ImageFixture(string Name, int Width, int Height, int Orientation, string PixelFile)
{
    /// <summary>The folder of the fixtures.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "corpora", "images");

    /// <summary>All fixtures.</summary>
    public static IReadOnlyList<ImageFixture> All { get; } = [.. Lines("index.tsv").Select(Parse)];

    /// <summary>Bytes of the picture.</summary>
    public byte[] File => Read(Name);

    /// <summary>The upright pixels, <c>[Height, Width, 3]</c>.</summary>
    public byte[] Pixels => Read(PixelFile);

    /// <summary>The fixture of a name.</summary>
    public static ImageFixture Get(string name) => All.Single(fixture => fixture.Name == name);

    /// <summary>The fixtures of a file type.</summary>
    public static IEnumerable<ImageFixture> OfType(string extension) => All.Where(fixture => fixture.Name.EndsWith(extension, StringComparison.Ordinal));

    /// <summary>Bytes of a file in the folder.</summary>
    public static byte[] Read(string name) => System.IO.File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>The fields of a table in the folder, line by line.</summary>
    public static IEnumerable<string[]> Lines(string name) =>
        System.IO.File.ReadLines(Path.Combine(Folder, name)).Select(line => line.Split('\t'));

    private static ImageFixture Parse(string[] fields) =>
        new(fields[0], int.Parse(fields[1]), int.Parse(fields[2]), int.Parse(fields[3]), fields[4]);
}
