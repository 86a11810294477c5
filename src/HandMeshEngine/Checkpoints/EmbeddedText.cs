namespace HandMeshEngine.Checkpoints;

/// <summary>The manifests that the library carries: what a sound checkpoint of each system contains.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of an embedded manifest, without empty lines and comments.</summary>
    /// <exception cref="InvalidOperationException">The library was built without this file.</exception>
    public static string[] Lines(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream("manifests/" + name)
            ?? throw new InvalidOperationException($"the library does not carry '{name}'");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
