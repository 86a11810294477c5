namespace HandMeshEngine.Meshes;

/// <summary>
/// Edge-collapse decimation with quadric errors (pixelaligned.md 4.1, step 1). Every survivor is an input vertex in its place.
/// A collapse keeps the mesh a manifold (link condition), flips no face, moves no rim vertex inwards and bridges no rims.
/// </summary>
internal static class Decimation
{
    // A face may turn by at most the angle of this cosine.
    private const double LeastNormalCosine = 0.1;

    /// <summary>
    /// Removes vertices until <paramref name="target"/> are left. Removing a in favour of b costs the summed quadric of both at
    /// b; ties break on (cost rounded to 15 digits, removed, kept).
    /// </summary>
    /// <returns>The surviving input vertices, ascending, and the faces in the new numbering, in input order.</returns>
    /// <exception cref="ArgumentException">No allowed collapse is left.</exception>
    public static (int[] Kept, int[] Faces) Collapse(TriangleMesh mesh, int target)
    {
        var surface = new CollapsingSurface(mesh);
        Quadric[] quadrics = VertexQuadrics(mesh);
        var stamp = new int[mesh.VertexCount];
        var queue = new PriorityQueue<(int Removed, int Kept), Candidate>(3 * mesh.FaceCount);

        void Push(int a, int b)
        {
            Quadric sum = quadrics[a] + quadrics[b];
            foreach ((int removed, int kept) in (ReadOnlySpan<(int, int)>)[(a, b), (b, a)])
            {
                double cost = Decimals.Round(sum.At(mesh.Vertex(kept)), 15);
                queue.Enqueue((removed, kept), new Candidate(cost, removed, kept, stamp[removed], stamp[kept]));
            }
        }

        int[] edges = MeshEdges.All(mesh.Faces);
        for (int e = 0; e < edges.Length; e += 2)
        {
            Push(edges[e], edges[e + 1]);
        }

        for (int count = mesh.VertexCount; count > target;)
        {
            if (!queue.TryDequeue(out _, out Candidate next))
            {
                throw new ArgumentException($"the mesh cannot be decimated to {target} vertices: at {count} no collapse keeps it a manifold");
            }

            (int x, int y) = (next.Removed, next.Kept);
            bool stale = !surface.IsAlive(x) || !surface.IsAlive(y) || stamp[x] != next.RemovedStamp || stamp[y] != next.KeptStamp;
            if (stale || !surface.MayCollapse(x, y) || surface.WouldFlip(x, y, LeastNormalCosine))
            {
                continue;
            }

            surface.Collapse(x, y);
            quadrics[y] = quadrics[x] + quadrics[y];
            stamp[y]++;
            count--;
            foreach (int neighbour in surface.SortedRing(y))
            {
                Push(y, neighbour);
            }
        }

        return surface.Compact();
    }

    /// <summary>The planes of the incident faces, and through each rim edge a plane perpendicular to its face, which keeps the rim.</summary>
    private static Quadric[] VertexQuadrics(TriangleMesh mesh)
    {
        var quadrics = new Quadric[mesh.VertexCount];
        var faceOfEdge = new Dictionary<(int, int), int>();
        for (int f = 0; f < mesh.FaceCount; f++)
        {
            (int a, int b, int c) = mesh.Face(f);
            Quadric plane = Quadric.OfPlane(UnitNormal(mesh, f), mesh.Vertex(a));
            foreach ((int from, int to) in (ReadOnlySpan<(int, int)>)[(a, b), (b, c), (c, a)])
            {
                quadrics[from] += plane;
                faceOfEdge[(Math.Min(from, to), Math.Max(from, to))] = f;
            }
        }

        int[] rim = MeshEdges.Boundary(mesh.Faces);
        for (int e = 0; e < rim.Length; e += 2)
        {
            (int a, int b) = (rim[e], rim[e + 1]);
            Vector3d wall = Unit(Vector3d.Cross(UnitNormal(mesh, faceOfEdge[(a, b)]), mesh.Vertex(b) - mesh.Vertex(a)));
            Quadric plane = Quadric.OfPlane(wall, mesh.Vertex(a));
            quadrics[a] += plane;
            quadrics[b] += plane;
        }

        return quadrics;
    }

    private static Vector3d UnitNormal(TriangleMesh mesh, int face)
    {
        (int a, int b, int c) = mesh.Face(face);
        return Unit(Vector3d.Cross(mesh.Vertex(b) - mesh.Vertex(a), mesh.Vertex(c) - mesh.Vertex(a)));
    }

    // The tiny addend gives a face without area a zero normal instead of NaN.
    private static Vector3d Unit(Vector3d vector)
    {
        double length = vector.Length + 1e-30;
        return new Vector3d(vector.X / length, vector.Y / length, vector.Z / length);
    }

    /// <summary>A queued collapse. The stamps tell whether the kept vertices' quadrics are still those of the cost.</summary>
    private readonly record struct Candidate(double Cost, int Removed, int Kept, int RemovedStamp, int KeptStamp) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other)
        {
            int order = Cost.CompareTo(other.Cost);
            order = order != 0 ? order : Removed.CompareTo(other.Removed);
            order = order != 0 ? order : Kept.CompareTo(other.Kept);
            order = order != 0 ? order : RemovedStamp.CompareTo(other.RemovedStamp);
            return order != 0 ? order : KeptStamp.CompareTo(other.KeptStamp);
        }
    }
}
