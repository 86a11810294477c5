namespace HandMeshEngine.Verification;

/// <summary>
/// A stored case: inputs and what the reference implementation made of them, stage by stage, in one safetensors file, with the
/// files beside it that belong to it. Immutable.
/// </summary>
public sealed class ReferenceCase
{
    private const int LargestSide = 8192;

    private readonly string _folder;

    private ReferenceCase(string path, TensorMap tensors)
    {
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Name = Path.GetFileNameWithoutExtension(path);
        Tensors = tensors;
        (Owner, Kind) = KindOf(tensors)
            ?? throw new CheckpointException(path, "this is no parity case that the engine knows: its tensor names fit no system");
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    /// <summary>Id of the system that the case belongs to.</summary>
    public string System => Owner.Id;

    /// <summary>Everything stored.</summary>
    public TensorMap Tensors { get; }

    /// <summary>The text that stand-in weights and images are drawn from: metadata <c>seed</c>, or the case's name.</summary>
    public string Seed => Tensors.Metadata.TryGetValue("seed", out string? seed) ? seed : PlainName;

    /// <summary>The system that the case belongs to.</summary>
    internal HandSystem Owner { get; }

    internal CaseKind Kind { get; }

    /// <summary>The name without the words that tell the kind, which companion files share.</summary>
    private string PlainName
    {
        get
        {
            string? kind = Kind.Prefixes.FirstOrDefault(prefix => Name.StartsWith(prefix, StringComparison.Ordinal));
            return kind is null ? Name : Name[kind.Length..];
        }
    }

    /// <summary>Reads a case.</summary>
    /// <exception cref="CheckpointException">The file cannot be read, is no known case, or holds a number that is not finite.</exception>
    public static ReferenceCase Read(string path) => new(path, CaseCheck.Finite(SafetensorsFile.Read(path)));

    /// <summary>The tables that several cases share, in a file of their own.</summary>
    /// <exception cref="CheckpointException">They are not beside the case, or damaged.</exception>
    internal TensorMap SharedTables()
    {
        string byName = $"tables-{PlainName}.safetensors";
        return SafetensorsFile.Read(Beside(IsBeside(byName) ? byName : $"tables-{Seed}.safetensors"));
    }

    /// <summary>The stored tensors whose names begin so.</summary>
    /// <param name="prefix">Begin of the names.</param>
    /// <param name="except">A name to leave out.</param>
    internal TensorMap Prefixed(string prefix, string? except = null)
    {
        var tables = new TensorMap(Tensors.Source);
        foreach ((string name, Tensor tensor) in Tensors)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name != except)
            {
                tables.Add(name, tensor);
            }
        }

        return tables;
    }

    /// <summary>The stored tensors with these names.</summary>
    /// <exception cref="KeyNotFoundException">One is missing.</exception>
    internal TensorMap Stored(params ReadOnlySpan<string> names)
    {
        var tables = new TensorMap(Tensors.Source);
        foreach (string name in names)
        {
            tables.Add(name, Tensors[name]);
        }

        return tables;
    }

    /// <summary>Whether a file is in the case's folder.</summary>
    internal bool IsBeside(string fileName) => fileName == Path.GetFileName(fileName) && File.Exists(Path.Combine(_folder, fileName));

    /// <summary>The path of a file in the case's folder.</summary>
    /// <exception cref="CheckpointException">It is not there.</exception>
    internal string Beside(string fileName)
    {
        // A case's metadata become parts of names; they must not lead out of its folder.
        if (fileName != Path.GetFileName(fileName) || fileName.Contains('\\'))
        {
            throw new CheckpointException(
                Tensors.Source, $"the case names the file '{CheckpointException.Printable(fileName)}', which is not in its folder; its metadata 'seed' must be a plain word");
        }

        string path = Path.Combine(_folder, fileName);
        return File.Exists(path)
            ? path
            : throw new CheckpointException(Tensors.Source, $"this case needs the file '{fileName}' beside it");
    }

    /// <summary>
    /// The case's image, uint8 RGB [H, W, 3]: stored, or drawn by the rule where only its size is stored (metadata
    /// <c>image</c> = HxW).
    /// </summary>
    internal Tensor? Image(string name)
    {
        if (Tensors.TryGet(name, out Tensor? stored))
        {
            return stored;
        }

        if (!Tensors.Metadata.TryGetValue("image", out string? size))
        {
            return null;
        }

        string[] sides = size.Split('x');
        return sides.Length == 2 && IsSide(sides[0], out int height) && IsSide(sides[1], out int width)
            ? new Tensor(DType.UInt8, new Shape(height, width, 3), Synth.Image(Seed, height, width))
            : throw new CheckpointException(Tensors.Source, $"the metadata says image = '{size}'; it should be rows, x, columns, such as 480x640");
    }

    private static (HandSystem Owner, CaseKind Kind)? KindOf(TensorMap tensors)
    {
        foreach (HandSystem system in HandSystems.All)
        {
            foreach (CaseKind kind in system.Cases)
            {
                if (kind.Fits(tensors))
                {
                    return (system, kind);
                }
            }
        }

        return null;
    }

    private static bool IsSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is > 0 and <= LargestSide;
}
