using System.Security.Cryptography;

namespace HandMeshEngine.Conversion;

/// <summary>What every converted file says about itself.</summary>
internal static class SourceFiles
{
    /// <summary>An empty map with the common metadata.</summary>
    /// <param name="system">Model id.</param>
    /// <param name="variant">Which of the system's manifests fits.</param>
    /// <param name="licence">One sentence: under which terms these weights stand.</param>
    /// <param name="files">The files that the tensors come from; name and SHA-256 of each are kept.</param>
    public static TensorMap NewMap(string system, string variant, string licence, IEnumerable<string> files)
    {
        var map = new TensorMap(system);
        map.Metadata[WeightMetadata.System] = system;
        map.Metadata[WeightMetadata.Format] = WeightMetadata.CurrentFormat;
        map.Metadata[WeightMetadata.Variant] = variant;
        map.Metadata[WeightMetadata.Licence] = licence;
        map.Metadata[WeightMetadata.Sources] = string.Join("; ", files.Select(file => $"{Path.GetFileName(file)} sha256 {Sha256(file)}"));
        return map;
    }

    /// <summary>SHA-256 of a file in lower-case hexadecimal.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened.</exception>
    public static string Sha256(string path)
    {
        using FileStream stream = CheckpointFiles.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
