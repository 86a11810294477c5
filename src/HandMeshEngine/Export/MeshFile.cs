using System.Runtime.InteropServices;

namespace HandMeshEngine.Export;

/// <summary>Writes hands as mesh files: metres, with normals. Files appear whole or not at all.</summary>
public static class MeshFile
{
    /// <summary>Writes a file in the format that its extension names: .glb, .obj or .ply.</summary>
    /// <exception cref="ArgumentException">The extension is another one, there is no hand, or one has vertices that are not finite.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<HandMesh> hands)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        MeshFormat format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".glb" => MeshFormat.Glb,
            ".obj" => MeshFormat.Obj,
            ".ply" => MeshFormat.Ply,
            string other => throw new ArgumentException($"'{other}' is no mesh format of this engine; name the file .glb, .obj or .ply"),
        };
        Save(path, format, hands);
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="ArgumentException">There is no hand, or one has vertices that are not finite.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string path, MeshFormat format, IReadOnlyList<HandMesh> hands)
    {
        RequireHands(hands);
        AtomicFile.Write(path, (format, hands), static (stream, what) => Write(stream, what.format, what.hands));
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <exception cref="ArgumentException">There is no hand, or one has vertices that are not finite.</exception>
    public static void Write(Stream stream, MeshFormat format, IReadOnlyList<HandMesh> hands)
    {
        RequireHands(hands);
        switch (format)
        {
            case MeshFormat.Glb:
                GlbWriter.Write(stream, hands);
                break;
            case MeshFormat.Obj:
                ObjWriter.Write(stream, hands);
                break;
            case MeshFormat.Ply:
                PlyWriter.Write(stream, hands);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "not a mesh format");
        }
    }

    /// <summary>What a hand is called inside a file, for example "hand0_left".</summary>
    internal static string Name(HandMesh hand, int index) =>
        FormattableString.Invariant($"hand{index}_{(hand.Handedness == Handedness.Left ? "left" : "right")}");

    private static void RequireHands(IReadOnlyList<HandMesh> hands)
    {
        if (hands.Count == 0)
        {
            throw new ArgumentException("there is no hand to write; check the count before saving a mesh", nameof(hands));
        }

        RequireFinite(hands);
    }

    /// <summary>Refuses hands that have no shape.</summary>
    internal static void RequireFinite(IReadOnlyList<HandMesh> hands)
    {
        for (int i = 0; i < hands.Count; i++)
        {
            if (MemoryMarshal.Cast<Vector3, float>(hands[i].Vertices).ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new ArgumentException($"hand {i} has vertices that are not finite numbers, so its weights or its camera are unusable; there is no mesh to write", nameof(hands));
            }
        }
    }
}
