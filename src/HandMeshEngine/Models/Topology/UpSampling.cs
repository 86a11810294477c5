using System.Runtime.InteropServices;

namespace HandMeshEngine.Models.Topology;

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
        ReadOnlySpan<Point3> fine = MemoryMarshal.Cast<double, Point3>(fineVertices);
        var entries = new SparseMatrix.Builder(fineCount, coarse.VertexCount, 3 * fineCount);
        for (int row = 0; row < fineCount; row++)
        {
            int nearest = 0;
            double least = double.PositiveInfinity;
            Point3 weights = default;
            for (int face = 0; face < coarse.FaceCount; face++)
            {
                (int a, int b, int c) = coarse.Face(face);
                (Point3 candidate, double squared) = ClosestPoint(fine[row], coarse.Vertex(a), coarse.Vertex(b), coarse.Vertex(c));
                squared = Rounding.ToDigits(squared, 15);
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
    private static (Point3 Weights, double Squared) ClosestPoint(Point3 p, Point3 a, Point3 b, Point3 c)
    {
        (Point3 ab, Point3 ac, Point3 ap) = (b - a, c - a, p - a);
        (double d00, double d01, double d11) = (ab.Dot(ab), ab.Dot(ac), ac.Dot(ac));
        (double d20, double d21) = (ap.Dot(ab), ap.Dot(ac));
        double determinant = Math.Max((d00 * d11) - (d01 * d01), 1e-30);
        double v = ((d11 * d20) - (d01 * d21)) / determinant;
        double w = ((d00 * d21) - (d01 * d20)) / determinant;

        Point3 best = default;
        double least = double.PositiveInfinity;
        void Consider(Point3 weights)
        {
            double squared = ((weights.X * a) + (weights.Y * b) + (weights.Z * c) - p).LengthSquared;
            if (squared < least)
            {
                (best, least) = (weights, squared);
            }
        }

        if (v >= 0 && w >= 0 && v + w <= 1)
        {
            Consider(new Point3(1 - v - w, v, w));
        }

        double t = AlongSegment(p, a, ab);
        Consider(new Point3(1 - t, t, 0));
        t = AlongSegment(p, b, c - b);
        Consider(new Point3(0, 1 - t, t));
        t = AlongSegment(p, c, a - c);
        Consider(new Point3(t, 0, 1 - t));
        return (best, least);
    }

    private static double AlongSegment(Point3 p, Point3 origin, Point3 direction) =>
        Math.Clamp((p - origin).Dot(direction) / Math.Max(direction.LengthSquared, 1e-30), 0, 1);
}
