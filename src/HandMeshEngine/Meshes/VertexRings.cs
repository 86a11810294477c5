namespace HandMeshEngine.Meshes;

/// <summary>
/// The neighbours of every vertex, clockwise seen from outside (faces are counter-clockwise). On the rim the ring starts at the
/// end from which it covers the whole fan.
/// </summary>
internal sealed class VertexRings
{
    private readonly int[] _start; // [V + 1]
    private readonly int[] _neighbours;

    private VertexRings(int[] start, int[] neighbours)
    {
        _start = start;
        _neighbours = neighbours;
    }

    public int VertexCount => _start.Length - 1;

    public ReadOnlySpan<int> this[int vertex] => _neighbours.AsSpan(_start[vertex], _start[vertex + 1] - _start[vertex]);

    /// <exception cref="ArgumentException">A directed edge is in two faces, or a vertex joins two separate fans.</exception>
    public static VertexRings Build(ReadOnlySpan<int> faces, int vertexCount, SpiralOrder order)
    {
        List<Wedge>[] wedges = WedgesByVertex(faces, vertexCount);
        var start = new int[vertexCount + 1];
        var neighbours = new List<int>(faces.Length + vertexCount);
        for (int v = 0; v < vertexCount; v++)
        {
            if (wedges[v].Count > 0)
            {
                AppendRing(neighbours, v, wedges[v], order);
            }

            start[v + 1] = neighbours.Count;
        }

        return new VertexRings(start, [.. neighbours]);
    }

    private static List<Wedge>[] WedgesByVertex(ReadOnlySpan<int> faces, int vertexCount)
    {
        var wedges = new List<Wedge>[vertexCount];
        for (int v = 0; v < vertexCount; v++)
        {
            wedges[v] = new List<Wedge>(8);
        }

        for (int f = 0; f < faces.Length; f += 3)
        {
            (int a, int b, int c) = (faces[f], faces[f + 1], faces[f + 2]);
            wedges[a].Add(new Wedge(c, b));
            wedges[b].Add(new Wedge(a, c));
            wedges[c].Add(new Wedge(b, a));
        }

        return wedges;
    }

    private static void AppendRing(List<int> neighbours, int vertex, List<Wedge> wedges, SpiralOrder order)
    {
        int? rim = null;
        for (int i = 0; i < wedges.Count; i++)
        {
            (int from, int to) = (wedges[i].From, wedges[i].To);
            if (wedges.FindIndex(i + 1, other => other.From == from || other.To == to) >= 0)
            {
                throw new ArgumentException($"an edge at vertex {vertex} runs the same way in two faces, so the surface has no consistent outside: repair or reorient it");
            }

            if (!wedges.Exists(other => other.To == from))
            {
                rim = rim is null ? from : throw Pinched(vertex);
            }
        }

        int first = rim ?? (order == SpiralOrder.OpenMesh ? wedges[^1].To : wedges.Min(wedge => wedge.From));
        int ringStart = neighbours.Count;
        for (int? next = first; next is { } n && (neighbours.Count == ringStart || n != first);)
        {
            neighbours.Add(n);
            int found = wedges.FindIndex(wedge => wedge.From == n);
            next = found < 0 ? null : wedges[found].To;
        }

        if (neighbours.Count - ringStart != wedges.Count + (rim is null ? 0 : 1))
        {
            throw Pinched(vertex);
        }
    }

    private static ArgumentException Pinched(int vertex) =>
        new($"vertex {vertex} joins two separate fans of faces, so its neighbours have no single order: split it into two vertices");

    /// <summary>A face at a vertex: clockwise, neighbour <paramref name="To"/> follows <paramref name="From"/>.</summary>
    private readonly record struct Wedge(int From, int To);
}
