namespace HandMeshEngine;

/// <summary>The part of a mesh that never moves: its faces, and which vertices are one point of the surface.</summary>
internal sealed class MeshSurface
{
    private readonly int[] _faces;   // [F, 3]
    private readonly int[] _pointOf; // [V]: vertices of equal rest position share a point
    private readonly int _points;
    private readonly Lazy<bool> _isClosed;

    /// <summary>A surface whose vertices are all distinct points.</summary>
    /// <param name="vertexCount">Number of vertices.</param>
    /// <param name="faces">Three vertex indices a triangle, counter-clockwise seen from outside.</param>
    /// <exception cref="ArgumentException">An index is out of range or the count is not a multiple of three.</exception>
    public MeshSurface(int vertexCount, ReadOnlySpan<int> faces)
        : this(faces, [.. Enumerable.Range(0, vertexCount)])
    {
    }

    private MeshSurface(ReadOnlySpan<int> faces, int[] pointOf)
    {
        if (faces.Length % 3 != 0)
        {
            throw new ArgumentException($"faces take three indices each, but there are {faces.Length}");
        }

        foreach (int index in faces)
        {
            if ((uint)index >= (uint)pointOf.Length)
            {
                throw new ArgumentException($"a face names vertex {index} of a mesh with {pointOf.Length} vertices");
            }
        }

        _faces = faces.ToArray();
        _pointOf = pointOf;
        _points = pointOf.Length == 0 ? 0 : pointOf.Max() + 1;
        _isClosed = new Lazy<bool>(HasNoOpenEdge);
    }

    /// <summary>Number of vertices.</summary>
    public int VertexCount => _pointOf.Length;

    /// <summary>Number of distinct surface points; at least as many normals are accumulated.</summary>
    public int PointCount => _points;

    /// <summary>Every edge has a face on both sides: the inside can never be seen.</summary>
    public bool IsClosed => _isClosed.Value;

    /// <summary>Three vertex indices a triangle, counter-clockwise seen from outside.</summary>
    public ReadOnlySpan<int> Faces => _faces;

    /// <summary>A surface on which vertices of equal rest position count as one (they are split at texture seams).</summary>
    public static MeshSurface Merged(ReadOnlySpan<Vector3> rest, ReadOnlySpan<int> faces)
    {
        var points = new Dictionary<Vector3, int>();
        int[] pointOf = new int[rest.Length];
        for (int i = 0; i < rest.Length; i++)
        {
            if (!points.TryGetValue(rest[i], out pointOf[i]))
            {
                pointOf[i] = points.Count;
                points.Add(rest[i], points.Count);
            }
        }

        return new MeshSurface(faces, pointOf);
    }

    /// <summary>The same surface with the winding of every face reversed, for mirrored vertices.</summary>
    public MeshSurface Mirrored()
    {
        int[] faces = [.. _faces];
        for (int i = 0; i < faces.Length; i += 3)
        {
            (faces[i + 1], faces[i + 2]) = (faces[i + 2], faces[i + 1]);
        }

        return new MeshSurface(faces, _pointOf);
    }

    /// <summary>Outward unit normals: the area-weighted mean of a point's faces.</summary>
    /// <param name="vertices">[V]</param>
    /// <param name="normals">[V], written.</param>
    /// <param name="sums">Scratch, at least <see cref="PointCount"/>.</param>
    public void Normals(ReadOnlySpan<Vector3> vertices, Span<Vector3> normals, Span<Vector3> sums)
    {
        sums = sums[.._points];
        sums.Clear();
        for (int f = 0; f < _faces.Length; f += 3)
        {
            int a = _faces[f], b = _faces[f + 1], c = _faces[f + 2];
            Vector3 area = Vector3.Cross(vertices[b] - vertices[a], vertices[c] - vertices[a]);
            sums[_pointOf[a]] += area;
            sums[_pointOf[b]] += area;
            sums[_pointOf[c]] += area;
        }

        foreach (ref Vector3 sum in sums)
        {
            float length = sum.Length();
            // A point without area still needs a unit vector: toward the camera is as good as any.
            sum = length > 0 && float.IsFinite(length) ? sum / length : new Vector3(0, 0, -1);
        }

        for (int i = 0; i < normals.Length; i++)
        {
            normals[i] = sums[_pointOf[i]];
        }
    }

    private bool HasNoOpenEdge()
    {
        var edges = new HashSet<(int From, int To)>();
        for (int i = 0; i < _faces.Length; i++)
        {
            int next = i % 3 == 2 ? i - 2 : i + 1;
            edges.Add((_pointOf[_faces[i]], _pointOf[_faces[next]]));
        }

        return edges.All(edge => edges.Contains((edge.To, edge.From)));
    }
}
