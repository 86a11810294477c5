using System.Reflection;

namespace HandMeshEngine.Checkpoints;

/// <summary>The manifests that an assembly carries: what a sound checkpoint of each of its systems contains.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of an embedded manifest, without empty lines and comments.</summary>
    /// <exception cref="InvalidOperationException">The assembly was built without this file.</exception>
    public static string[] Lines(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream("manifests/" + name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} does not carry '{name}'");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
