namespace HandMeshEngine.Export;

/// <summary>Wavefront OBJ, text.</summary>
internal static class ObjWriter
{
    public static void Write(Stream stream, IReadOnlyList<HandMesh> hands)
    {
        TextBuffer text = new TextBuffer().Add("# HandMeshEngine: metres, camera axes (x right, y down, z forward)\n");
        int first = 1; // indices count from 1 through the whole file
        for (int i = 0; i < hands.Count; i++)
        {
            text.Add("o ").Add(MeshFile.Name(hands[i], i)).Add("\n");
            AddPoints(text, "v ", hands[i].Vertices);
            AddPoints(text, "vn ", hands[i].Normals);
            ReadOnlySpan<int> faces = hands[i].Faces;
            for (int f = 0; f < faces.Length; f += 3)
            {
                text.Add("f");
                foreach (int vertex in faces.Slice(f, 3))
                {
                    text.Add(" ").Add(first + vertex).Add("//").Add(first + vertex);
                }

                text.Add("\n");
            }

            first += hands[i].Vertices.Length;
        }

        stream.Write(text.Written);
    }

    private static void AddPoints(TextBuffer text, string keyword, ReadOnlySpan<Vector3> points)
    {
        foreach (Vector3 p in points)
        {
            text.Add(keyword).Add(p.X).Add(" ").Add(p.Y).Add(" ").Add(p.Z).Add("\n");
        }
    }
}
