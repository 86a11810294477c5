using System.Text.Json;

namespace HandMeshEngine.Export;

/// <summary>glTF 2.0 binary. Per hand three accessors: positions, normals, indices; one skin-coloured material for all.</summary>
internal static class GlbWriter
{
    private const int AccessorsPerHand = 3;

    public static void Write(Stream stream, IReadOnlyList<HandMesh> hands)
    {
        var container = new GlbContainer();
        foreach (HandMesh hand in hands)
        {
            container.AddPoints(hand.Vertices, GlbContainer.ArrayBuffer, withBounds: true);
            container.AddPoints(hand.Normals, GlbContainer.ArrayBuffer, withBounds: false);
            container.AddIndices(hand.Faces, hand.Vertices.Length);
        }

        container.Write(stream, json =>
        {
            json.WriteNumber("scene", 0);
            GlbContainer.WriteList(json, "scenes", 1, static (json, _) =>
            {
                json.WriteString("name", "hands in camera space, metres");
                GlbContainer.WriteNumbers(json, "nodes", [0]);
            });
            GlbContainer.WriteList(json, "nodes", hands.Count + 1, (json, i) => WriteNode(json, hands, i - 1));
            GlbContainer.WriteList(json, "meshes", hands.Count, (json, i) => WriteMesh(json, hands[i], i));
            GlbContainer.WriteList(json, "materials", 1, static (json, _) => GlbContainer.WriteMaterial(json));
            container.WriteTables(json);
        });
    }

    // Node 0 turns camera axes (y down, z forward) into glTF's (y up, z backward); the hands hang below it.
    private static void WriteNode(Utf8JsonWriter json, IReadOnlyList<HandMesh> hands, int hand)
    {
        if (hand < 0)
        {
            json.WriteString("name", "camera");
            GlbContainer.WriteNumbers(json, "rotation", [1, 0, 0, 0]);
            GlbContainer.WriteIndices(json, "children", Enumerable.Range(1, hands.Count));
            return;
        }

        json.WriteString("name", MeshFile.Name(hands[hand], hand));
        json.WriteNumber("mesh", hand);
    }

    private static void WriteMesh(Utf8JsonWriter json, HandMesh hand, int index)
    {
        json.WriteString("name", MeshFile.Name(hand, index));
        GlbContainer.WriteList(json, "primitives", 1, (json, _) =>
        {
            json.WriteStartObject("attributes");
            json.WriteNumber("POSITION", AccessorsPerHand * index);
            json.WriteNumber("NORMAL", (AccessorsPerHand * index) + 1);
            json.WriteEndObject();
            json.WriteNumber("indices", (AccessorsPerHand * index) + 2);
            json.WriteNumber("material", 0);
        });
    }
}
