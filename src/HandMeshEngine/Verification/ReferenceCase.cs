using System.Globalization;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Verification;

/// <summary>
/// A stored case: inputs and what the reference implementation made of them, stage by stage, in one safetensors file, with the
/// files beside it that belong to it. Immutable.
/// </summary>
public sealed class ReferenceCase
{
    private readonly string _folder;

    private ReferenceCase(string path, TensorMap tensors)
    {
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Name = Path.GetFileNameWithoutExtension(path);
        Tensors = tensors;
        Kind = CaseKinds.Of(tensors)
            ?? throw new CheckpointException(path, "this is no parity case that the engine knows: its tensor names fit no system");
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    /// <summary>Id of the system that the case belongs to.</summary>
    public string System => CaseKinds.SystemOf(Kind);

    /// <summary>Everything stored.</summary>
    public TensorMap Tensors { get; }

    /// <summary>The text that stand-in weights are drawn from.</summary>
    /// <exception cref="CheckpointException">The case does not say.</exception>
    public string Seed => Tensors.Metadata.TryGetValue("seed", out string? seed)
        ? seed
        : throw new CheckpointException(Tensors.Source, "the metadata has no 'seed', so the stand-in weights are unknown; give a weights file");

    internal CaseKind Kind { get; }

    /// <summary>Reads a case.</summary>
    /// <exception cref="CheckpointException">The file cannot be read or is no known case.</exception>
    public static ReferenceCase Read(string path) => new(path, SafetensorsFile.Read(path));

    /// <summary>Whether a file is in the case's folder.</summary>
    internal bool IsBeside(string fileName) => File.Exists(Path.Combine(_folder, fileName));

    /// <summary>The path of a file in the case's folder.</summary>
    /// <exception cref="CheckpointException">It is not there.</exception>
    internal string Beside(string fileName)
    {
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
        (int height, int width) = (int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[1], CultureInfo.InvariantCulture));
        return new Tensor(DType.UInt8, new Shape(height, width, 3), Synth.Image(Seed, height, width));
    }
}
