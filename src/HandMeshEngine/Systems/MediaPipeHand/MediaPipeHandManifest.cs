using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>What the converted weights consist of, told from the operator lists (<c>.ops</c>) of the published networks.</summary>
internal static class MediaPipeHandManifest
{
    /// <summary>The parts of a converted file, and the operator list of each: <c>LIST-VARIANT.ops</c>.</summary>
    public static IReadOnlyList<(string Part, string List)> Parts { get; } = [("palm", "palm-detection"), ("hand", "hand-landmark")];

    public static WeightManifest Of(string system, string variant) => new(
        system, variant, [.. Parts.SelectMany(part => Constants(part.Part, Operators(part.List, variant)))], []);

    /// <summary>The operators of a published network, one a line.</summary>
    public static string[] Operators(string list, string variant) =>
        EmbeddedText.Lines(typeof(MediaPipeHandManifest).Assembly, $"{list}-{variant}.ops");

    private static IEnumerable<ManifestEntry> Constants(string part, string[] operators)
    {
        foreach (string line in operators)
        {
            string[] fields = line.Split(' ');
            string[] names = fields[1] == "PRELU" ? ["alpha"] : ["w", "b"];
            int constant = 0;
            for (int i = 2; i < fields.Length; i++)
            {
                // A weight is written as "#12 f16[32,5,5,3]".
                if (fields[i - 1][0] == '#' && fields[i].StartsWith("f16[", StringComparison.Ordinal))
                {
                    ManifestExtent[] extents = [.. fields[i][4..^1].Split(',').Select(ManifestExtent.Parse)];
                    yield return new ManifestEntry($"{part}.op{fields[0]}.{names[constant++]}", extents, false, false, false, false);
                }
            }
        }
    }
}
