namespace HandMeshEngine.Meshes;

/// <summary>The mutable face and incidence lists of a mesh under decimation, with the rules a collapse has to keep.</summary>
internal sealed class CollapsingSurface
{
    private readonly TriangleMesh _mesh;
    private readonly int[] _corners; // [F, 3]
    private readonly bool[] _faceAlive;
    private readonly bool[] _vertexAlive;
    private readonly List<int>[] _incident; // faces around each vertex

    public CollapsingSurface(TriangleMesh mesh)
    {
        _mesh = mesh;
        _corners = mesh.Faces.ToArray();
        _faceAlive = new bool[mesh.FaceCount];
        Array.Fill(_faceAlive, true);
        _vertexAlive = new bool[mesh.VertexCount];
        Array.Fill(_vertexAlive, true);
        _incident = new List<int>[mesh.VertexCount];
        for (int v = 0; v < _incident.Length; v++)
        {
            _incident[v] = new List<int>(8);
        }

        for (int i = 0; i < _corners.Length; i++)
        {
            _incident[_corners[i]].Add(i / 3);
        }
    }

    public bool IsAlive(int vertex) => _vertexAlive[vertex];

    /// <summary>The neighbours of a vertex, ascending.</summary>
    public List<int> SortedRing(int vertex)
    {
        var ring = new List<int>(12);
        foreach (int face in _incident[vertex])
        {
            foreach (int corner in Corners(face))
            {
                if (corner != vertex && !ring.Contains(corner))
                {
                    ring.Add(corner);
                }
            }
        }

        ring.Sort();
        return ring;
    }

    /// <summary>Whether the edge exists and removing <paramref name="removed"/> leaves a manifold with the same rims.</summary>
    public bool MayCollapse(int removed, int kept)
    {
        List<int> shared = SharedFaces(removed, kept);
        if (shared.Count == 0)
        {
            return false;
        }

        var opposite = new List<int>(2);
        foreach (int face in shared)
        {
            foreach (int corner in Corners(face))
            {
                if (corner != removed && corner != kept && !opposite.Contains(corner))
                {
                    opposite.Add(corner);
                }
            }
        }

        // Link condition: the ends have no common neighbour but the third corners of their common faces.
        List<int> keptRing = SortedRing(kept);
        List<int> common = SortedRing(removed).FindAll(keptRing.Contains);
        opposite.Sort();
        if (!common.SequenceEqual(opposite))
        {
            return false;
        }

        bool rimEdge = shared.Count == 1;
        if (IsOnRim(removed) && !rimEdge)
        {
            return false;
        }

        // A third corner loses one neighbour; inside the surface it needs three.
        return !opposite.Exists(vertex => SortedRing(vertex).Count <= 3 && !IsOnRim(vertex));
    }

    /// <summary>Whether a face would turn so far that the cosine between its normals falls to <paramref name="leastCosine"/> or below.</summary>
    public bool WouldFlip(int removed, int kept, double leastCosine)
    {
        foreach (int face in _incident[removed])
        {
            Span<int> corners = Corners(face);
            if (corners.Contains(kept))
            {
                continue;
            }

            Vector3d before = Normal(corners[0], corners[1], corners[2]);
            Vector3d after = Normal(
                corners[0] == removed ? kept : corners[0],
                corners[1] == removed ? kept : corners[1],
                corners[2] == removed ? kept : corners[2]);
            if (Vector3d.Dot(before, after) <= leastCosine * before.Length * after.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes a vertex: its faces with <paramref name="kept"/> vanish, the others move to it.</summary>
    public void Collapse(int removed, int kept)
    {
        foreach (int face in SharedFaces(removed, kept))
        {
            foreach (int corner in Corners(face))
            {
                _incident[corner].Remove(face);
            }

            _faceAlive[face] = false;
        }

        foreach (int face in _incident[removed])
        {
            Span<int> corners = Corners(face);
            corners[corners.IndexOf(removed)] = kept;
            _incident[kept].Add(face);
        }

        _incident[removed].Clear();
        _vertexAlive[removed] = false;
    }

    /// <summary>The surviving vertices, ascending, and the surviving faces, in input order and the new numbering.</summary>
    public (int[] Kept, int[] Faces) Compact()
    {
        var kept = new List<int>();
        var renumbered = new int[_vertexAlive.Length];
        for (int v = 0; v < renumbered.Length; v++)
        {
            renumbered[v] = kept.Count;
            if (_vertexAlive[v])
            {
                kept.Add(v);
            }
        }

        var faces = new List<int>();
        for (int i = 0; i < _corners.Length; i++)
        {
            if (_faceAlive[i / 3])
            {
                faces.Add(renumbered[_corners[i]]);
            }
        }

        return ([.. kept], [.. faces]);
    }

    private Span<int> Corners(int face) => _corners.AsSpan(3 * face, 3);

    private Vector3d Normal(int a, int b, int c) =>
        Vector3d.Cross(_mesh.Vertex(b) - _mesh.Vertex(a), _mesh.Vertex(c) - _mesh.Vertex(a));

    // Around an inner vertex there are as many neighbours as faces; a fan has one neighbour more.
    private bool IsOnRim(int vertex) => SortedRing(vertex).Count != _incident[vertex].Count;

    private List<int> SharedFaces(int a, int b) => _incident[a].FindAll(_incident[b].Contains);
}
