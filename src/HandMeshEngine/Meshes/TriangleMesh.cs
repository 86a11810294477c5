namespace HandMeshEngine.Meshes;

/// <summary>
/// An indexed triangle mesh: vertices [V, 3], faces [F, 3], counter-clockwise seen from outside. Immutable. Every face has
/// three different corners that exist; vertices without a face are allowed.
/// </summary>
internal sealed class TriangleMesh
{
    private readonly double[] _vertices;
    private readonly int[] _faces;

    /// <exception cref="ArgumentException">A length is no multiple of 3, a coordinate is not finite, or a face is bad.</exception>
    public TriangleMesh(ReadOnlySpan<double> vertices, ReadOnlySpan<int> faces)
    {
        if (vertices.Length % 3 != 0)
        {
            throw new ArgumentException($"vertices need 3 coordinates each, but there are {vertices.Length} numbers");
        }

        for (int i = 0; i < vertices.Length; i++)
        {
            if (!double.IsFinite(vertices[i]))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"vertex {i / 3} has the coordinate {vertices[i]}, which is not a finite number"));
            }
        }

        CheckFaces(faces, vertices.Length / 3);
        _vertices = vertices.ToArray();
        _faces = faces.ToArray();
    }

    public int VertexCount => _vertices.Length / 3;

    public int FaceCount => _faces.Length / 3;

    /// <summary>x, y, z of every vertex.</summary>
    public ReadOnlySpan<double> Vertices => _vertices;

    /// <summary>The three corners of every face.</summary>
    public ReadOnlySpan<int> Faces => _faces;

    public Vector3d Vertex(int index) => new(_vertices[3 * index], _vertices[(3 * index) + 1], _vertices[(3 * index) + 2]);

    public (int A, int B, int C) Face(int index) => (_faces[3 * index], _faces[(3 * index) + 1], _faces[(3 * index) + 2]);

    /// <summary>Refuses a face list [F, 3] that names a missing vertex or one vertex twice in a face.</summary>
    /// <exception cref="ArgumentException">The first bad face, by number.</exception>
    public static void CheckFaces(ReadOnlySpan<int> faces, int vertexCount)
    {
        if (faces.Length % 3 != 0)
        {
            throw new ArgumentException($"faces need 3 corners each, but there are {faces.Length} indices");
        }

        for (int i = 0; i < faces.Length; i += 3)
        {
            (int a, int b, int c) = (faces[i], faces[i + 1], faces[i + 2]);
            foreach (int corner in (ReadOnlySpan<int>)[a, b, c])
            {
                if ((uint)corner >= (uint)vertexCount)
                {
                    throw new ArgumentException($"face {i / 3} uses vertex {corner}, but the mesh has vertices 0 to {vertexCount - 1}");
                }
            }

            if (a == b || b == c || c == a)
            {
                throw new ArgumentException($"face {i / 3} is ({a}, {b}, {c}): a triangle needs three different vertices");
            }
        }
    }
}
