using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Tests.Rig;

/// <summary>One stored parity case of the default system: its image and every stage's result.</summary>
public sealed class HandCase
{
    private static readonly ConcurrentDictionary<string, HandCase> _loaded = new();

    private readonly TensorMap _tensors;

    private HandCase(TensorMap tensors) => _tensors = tensors;

    /// <summary>Cases that the repository holds.</summary>
    public static TheoryData<string> Committed => ["pointing", "hook", "fist", "rendered-0", "rendered-1"];

    /// <summary>Those with ground truth.</summary>
    public static TheoryData<string> Rendered => ["rendered-0", "rendered-1"];

    /// <summary>All still images, those outside the repository included.</summary>
    public static TheoryData<string> Stills => [.. Committed, "thumb_up", "two_hands", "victory_fallback"];

    public Shape ImageShape => _tensors["image"].Shape;

    public int Width => ImageShape[1];

    public int Height => ImageShape[0];

    public int Hands => Enumerable.Range(0, 10).TakeWhile(k => _tensors.Contains($"hand{k}.uv")).Count();

    internal Intrinsics Camera
    {
        get
        {
            ReadOnlySpan<float> k = Floats("K");
            return new Intrinsics(k[0], k[4], k[2], k[5]);
        }
    }

    /// <summary>The case of that name, or a skip if only the big parity data has it and that is not at hand.</summary>
    public static HandCase Load(string name)
    {
        string? path = CaseFolders.Files("mediapipe-hand").FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name);
        if (path is null)
        {
            Assert.Skip($"case {name} is not in the repository; set {CaseFolders.Variable} to the parity data");
        }

        return _loaded.GetOrAdd(path, file => new HandCase(SafetensorsFile.Read(file)));
    }

    public bool Has(string name) => _tensors.Contains(name);

    public ReadOnlySpan<float> Floats(string name) => _tensors[name].Span<float>();

    public ReadOnlySpan<byte> Bytes(string name) => _tensors[name].Span<byte>();

    public float Float(string name) => Floats(name)[0];

    public int Int(string name) => _tensors[name].Span<int>()[0];

    public ReadOnlySpan<Vector2> Points2(string name) => MemoryMarshal.Cast<float, Vector2>(Floats(name));

    public ReadOnlySpan<Vector3> Points3(string name) => MemoryMarshal.Cast<float, Vector3>(Floats(name));

    internal Vector3d[] Doubles3(string name) => [.. Points3(name).ToArray().Select(Vector3d.From)];

    internal Crop Crop(string name)
    {
        ReadOnlySpan<float> roi = Floats(name);
        return new Crop(roi[0], roi[1], roi[2], roi[3], roi[4]);
    }
}
