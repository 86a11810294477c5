namespace HandMeshEngine.Meshes;

/// <summary>
/// Spiral neighbourhoods: every vertex itself, its first ring, its second ring and so on, cut to a length. A vertex whose walk
/// runs out of surface takes its nearest vertices instead.
/// </summary>
internal sealed class Spirals
{
    private readonly VertexRings _rings;
    private readonly SpiralOrder _order;
    private readonly int[] _walk; // centre, then ring after ring
    private readonly int[] _position; // [V] index in the walk, or -1
    private int _count;

    private Spirals(TriangleMesh mesh, SpiralOrder order)
    {
        _rings = VertexRings.Build(mesh.Faces, mesh.VertexCount, order);
        _order = order;
        _walk = new int[mesh.VertexCount];
        _position = new int[mesh.VertexCount];
        Array.Fill(_position, -1);
    }

    /// <summary>The spirals int [V, length]: every <paramref name="dilation"/>-th entry of a walk of length times dilation.</summary>
    /// <exception cref="ArgumentException">The mesh is no oriented manifold, or smaller than a walk.</exception>
    public static int[] Build(TriangleMesh mesh, int length, SpiralOrder order, int dilation = 1)
    {
        int need = checked(length * dilation);
        if (length < 1 || dilation < 1 || need > mesh.VertexCount)
        {
            throw new ArgumentException($"a spiral of {length} entries, dilation {dilation}, does not fit a mesh of {mesh.VertexCount} vertices");
        }

        var builder = new Spirals(mesh, order);
        var spirals = new int[mesh.VertexCount * length];
        for (int centre = 0; centre < mesh.VertexCount; centre++)
        {
            ReadOnlySpan<int> walk = builder.Walk(centre, need) ? builder._walk : NearestVertices.Of(mesh, centre, need);
            for (int j = 0; j < length; j++)
            {
                spirals[(centre * length) + j] = walk[j * dilation];
            }
        }

        return spirals;
    }

    /// <summary>Fills the walk; false if it does not count.</summary>
    private bool Walk(int centre, int need)
    {
        foreach (int vertex in _walk.AsSpan(0, _count))
        {
            _position[vertex] = -1;
        }

        _count = 0;
        Append(centre);
        int ringStart = _count;
        foreach (int neighbour in _rings[centre])
        {
            Append(neighbour);
        }

        if (_order == SpiralOrder.OpenMesh)
        {
            ringStart = AppendNextRing(ringStart);
        }

        while (_count < need && _count > ringStart)
        {
            ringStart = AppendNextRing(ringStart);
        }

        return _order == SpiralOrder.OpenMesh ? _count > ringStart : _count >= need;
    }

    /// <summary>
    /// Appends the unseen neighbours of the ring that begins at <paramref name="ringStart"/>, vertex by vertex, each clockwise
    /// starting after its first neighbour on that ring. Returns where the new ring begins.
    /// </summary>
    private int AppendNextRing(int ringStart)
    {
        int ringEnd = _count;
        for (int i = ringStart; i < ringEnd; i++)
        {
            ReadOnlySpan<int> around = _rings[_walk[i]];
            int touching = 0;
            while (touching < around.Length && (_position[around[touching]] < ringStart || _position[around[touching]] >= ringEnd))
            {
                touching++;
            }

            if (touching == around.Length)
            {
                if (_order == SpiralOrder.SmallestFirst)
                {
                    continue;
                }

                touching = -1;
            }

            for (int step = 1; step <= around.Length; step++)
            {
                int neighbour = around[(touching + step) % around.Length];
                if (_position[neighbour] < 0)
                {
                    Append(neighbour);
                }
            }
        }

        return ringEnd;
    }

    private void Append(int vertex)
    {
        _position[vertex] = _count;
        _walk[_count++] = vertex;
    }
}
