using System.Buffers.Binary;
using System.Globalization;

namespace HandMeshEngine.Cuda.Compilation;

/// <summary>
/// What an entry of the cache stands for. The file name carries all of it: program, digest of all that was compiled (source,
/// headers, options, version of the engine), architecture and NVRTC version; so a machine without NVRTC finds entries too.
/// </summary>
internal readonly record struct KernelCacheKey(string Program, string Digest, KernelTarget Target, int NvrtcVersion)
{
    /// <summary>The extension of the files.</summary>
    public const string Extension = ".kernel";

    private static readonly string _engineVersion = typeof(KernelCacheKey).Assembly.GetName().Version!.ToString();

    public string FileName =>
        string.Create(CultureInfo.InvariantCulture, $"{Stem(Program, Digest)}{Target.Architecture}-nvrtc{NvrtcVersion}{Extension}");

    /// <summary>What the names of all entries of a program begin with.</summary>
    public static string Stem(string program, string digest) => $"{program}-{digest[..32]}-";

    /// <summary>The digest of all that decides the result, save architecture and compiler.</summary>
    public static string DigestOf(KernelProgram program)
    {
        var hash = new Sha256();
        Append(hash, _engineVersion);
        Append(hash, program.Name);
        Append(hash, program.Source);
        AppendCount(hash, program.Headers.Count);
        foreach ((string name, string text) in program.Headers)
        {
            Append(hash, name);
            Append(hash, text);
        }

        AppendCount(hash, program.Options.Count);
        foreach (string option in program.Options)
        {
            Append(hash, option);
        }

        return Convert.ToHexStringLower(hash.Finish());
    }

    /// <summary>The key that a file name stands for, or null if it is not one of the program's entries.</summary>
    public static KernelCacheKey? FromFileName(string fileName, string program, string digest)
    {
        string stem = Stem(program, digest);
        if (!fileName.StartsWith(stem, StringComparison.Ordinal) || !fileName.EndsWith(Extension, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = fileName[stem.Length..^Extension.Length].Split("-nvrtc");
        return parts.Length == 2
            && KernelTarget.TryParse(parts[0], out KernelTarget target)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? new KernelCacheKey(program, digest, target, version)
            : null;
    }

    /// <summary>What is sealed into the entry, so that a renamed file is not taken for another.</summary>
    public byte[] Seal() => Sha256.Of($"{Program}\n{Digest}\n{Target}\n{NvrtcVersion}");

    private static void Append(Sha256 hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AppendCount(hash, bytes.Length);
        hash.Append(bytes);
    }

    private static void AppendCount(Sha256 hash, int count)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, count);
        hash.Append(bytes);
    }
}
