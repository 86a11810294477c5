using System.Runtime.InteropServices;

namespace HandMeshEngine.Meshes;

/// <summary>Un-pooling matrices: each fine vertex as the barycentric mix of its closest point on the coarse surface.</summary>
internal static class UpSampling
{
    /// <summary>
    /// The matrix [fine, coarse] with exactly three entries a row (zeros kept) that sum to 1; equally near triangles (to 15
    /// digits of squared distance) go to the lowest face index.
    /// </summary>
    /// <exception cref="ArgumentException">The coarse mesh has no face.</exception>
    public static SparseMatrix Matrix(TriangleMesh coarse, ReadOnlySpan<double> fineVertices)
    {
        if (coarse.FaceCount == 0)
        {
            throw new ArgumentException("the coarse mesh has no face to project onto");
        }

        int fineCount = fineVertices.Length / 3;
        ReadOnlySpan<Vector3d> fine = MemoryMarshal.Cast<double, Vector3d>(fineVertices);
        var entries = new SparseMatrix.Builder(fineCount, coarse.VertexCount, 3 * fineCount);
        for (int row = 0; row < fineCount; row++)
        {
            int nearest = 0;
            double least = double.PositiveInfinity;
            Vector3d weights = default;
            for (int face = 0; face < coarse.FaceCount; face++)
            {
                (int a, int b, int c) = coarse.Face(face);
                (Vector3d candidate, double squared) = ClosestPoint(fine[row], coarse.Vertex(a), coarse.Vertex(b), coarse.Vertex(c));
                squared = Decimals.Round(squared, 15);
                if (squared < least)
                {
                    (nearest, least, weights) = (face, squared, candidate);
                }
            }

            (int i, int j, int k) = coarse.Face(nearest);
            entries.Add(row, i, weights.X);
            entries.Add(row, j, weights.Y);
            entries.Add(row, k, weights.Z);
        }

        return entries.Build();
    }

    /// <summary>The barycentric weights of the point of triangle abc closest to p, and the squared distance.</summary>
    private static (Vector3d Weights, double Squared) ClosestPoint(Vector3d p, Vector3d a, Vector3d b, Vector3d c)
    {
        (Vector3d ab, Vector3d ac, Vector3d ap) = (b - a, c - a, p - a);
        (double d00, double d01, double d11) = (Vector3d.Dot(ab, ab), Vector3d.Dot(ab, ac), Vector3d.Dot(ac, ac));
        (double d20, double d21) = (Vector3d.Dot(ap, ab), Vector3d.Dot(ap, ac));
        double determinant = Math.Max((d00 * d11) - (d01 * d01), 1e-30);
        double v = ((d11 * d20) - (d01 * d21)) / determinant;
        double w = ((d00 * d21) - (d01 * d20)) / determinant;

        Vector3d best = default;
        double least = double.PositiveInfinity;
        void Consider(Vector3d weights)
        {
            double squared = ((weights.X * a) + (weights.Y * b) + (weights.Z * c) - p).LengthSquared;
            if (squared < least)
            {
                (best, least) = (weights, squared);
            }
        }

        if (v >= 0 && w >= 0 && v + w <= 1)
        {
            Consider(new Vector3d(1 - v - w, v, w));
        }

        double t = AlongSegment(p, a, ab);
        Consider(new Vector3d(1 - t, t, 0));
        t = AlongSegment(p, b, c - b);
        Consider(new Vector3d(0, 1 - t, t));
        t = AlongSegment(p, c, a - c);
        Consider(new Vector3d(t, 0, 1 - t));
        return (best, least);
    }

    private static double AlongSegment(Vector3d p, Vector3d origin, Vector3d direction) =>
        Math.Clamp(Vector3d.Dot(p - origin, direction) / Math.Max(direction.LengthSquared, 1e-30), 0, 1);
}
