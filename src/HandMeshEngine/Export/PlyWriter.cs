namespace HandMeshEngine.Export;

/// <summary>PLY, binary little endian, with normals.</summary>
internal static class PlyWriter
{
    private const int VertexBytes = 24;
    private const int FaceBytes = 13;

    public static void Write(Stream stream, IReadOnlyList<HandMesh> hands)
    {
        TextBuffer header = new TextBuffer()
            .Add("ply\nformat binary_little_endian 1.0\n")
            .Add("comment HandMeshEngine: metres, camera axes (x right, y down, z forward)\n")
            .Add("element vertex ").Add(hands.Sum(hand => hand.Vertices.Length)).Add("\n")
            .Add("property float x\nproperty float y\nproperty float z\n")
            .Add("property float nx\nproperty float ny\nproperty float nz\n")
            .Add("element face ").Add(hands.Sum(hand => hand.Faces.Length / 3)).Add("\n")
            .Add("property list uchar int vertex_indices\nend_header\n");
        stream.Write(header.Written);
        foreach (HandMesh hand in hands)
        {
            stream.Write(Vertices(hand));
        }

        int first = 0;
        foreach (HandMesh hand in hands)
        {
            stream.Write(Faces(hand, first));
            first += hand.Vertices.Length;
        }
    }

    private static byte[] Vertices(HandMesh hand)
    {
        var bytes = new byte[hand.Vertices.Length * VertexBytes];
        for (int i = 0; i < hand.Vertices.Length; i++)
        {
            Span<byte> to = bytes.AsSpan(i * VertexBytes, VertexBytes);
            Put(to, hand.Vertices[i]);
            Put(to[12..], hand.Normals[i]);
        }

        return bytes;
    }

    private static byte[] Faces(HandMesh hand, int first)
    {
        var bytes = new byte[hand.Faces.Length / 3 * FaceBytes];
        for (int f = 0; f < hand.Faces.Length / 3; f++)
        {
            Span<byte> to = bytes.AsSpan(f * FaceBytes, FaceBytes);
            to[0] = 3;
            for (int k = 0; k < 3; k++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(to[(1 + (4 * k))..], first + hand.Faces[(3 * f) + k]);
            }
        }

        return bytes;
    }

    private static void Put(Span<byte> to, Vector3 value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(to, value.X);
        BinaryPrimitives.WriteSingleLittleEndian(to[4..], value.Y);
        BinaryPrimitives.WriteSingleLittleEndian(to[8..], value.Z);
    }
}
