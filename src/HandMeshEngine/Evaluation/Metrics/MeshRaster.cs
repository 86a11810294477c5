namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// Which pixels a mesh covers, one sample at each pixel's centre, for masks and finger parts: a pixel is hand if its centre lies in the
/// projection of a triangle, seen from either side, whose corners all lie in front of the camera (docs/evaluation.md, Silhouettes).
/// </summary>
public static class MeshRaster
{
    /// <summary>What a pixel without hand holds in <see cref="Parts"/>.</summary>
    public const int NoPart = -1;

    /// <summary>The silhouette of a mesh.</summary>
    /// <param name="vertices">[V], camera space, metres.</param>
    /// <param name="faces">Three vertex indices each.</param>
    /// <param name="camera">Pinhole intrinsics of the picture.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <exception cref="ArgumentException">A face names a vertex that does not exist.</exception>
    public static Silhouette Mask(ReadOnlySpan<Vector3d> vertices, ReadOnlySpan<int> faces, Camera camera, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(camera);
        var mask = new Silhouette(width, height);
        Draw(vertices, faces, camera, width, height, (x, y, _, _) => mask[x, y] = true);
        return mask;
    }

    /// <summary>The part that is visible in each pixel: the nearest face's.</summary>
    /// <param name="vertices">[V], camera space, metres.</param>
    /// <param name="faces">Three vertex indices each.</param>
    /// <param name="partOfFace">A part, 0 or above, for each face.</param>
    /// <param name="camera">Pinhole intrinsics of the picture.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <returns>[height * width] parts, <see cref="NoPart"/> where there is no hand.</returns>
    /// <exception cref="ArgumentException">A face names a vertex that does not exist, or has no part.</exception>
    public static int[] Parts(
        ReadOnlySpan<Vector3d> vertices, ReadOnlySpan<int> faces, int[] partOfFace, Camera camera, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(partOfFace);
        if (partOfFace.Length * 3 != faces.Length)
        {
            throw new ArgumentException($"{partOfFace.Length} parts do not fit {faces.Length / 3} faces");
        }

        int[] parts = new int[checked(width * height)];
        double[] nearest = new double[parts.Length];
        Array.Fill(parts, NoPart);
        Array.Fill(nearest, double.PositiveInfinity);
        Draw(vertices, faces, camera, width, height, (x, y, face, depth) =>
        {
            int at = (y * width) + x;
            if (depth < nearest[at])
            {
                (nearest[at], parts[at]) = (depth, partOfFace[face]);
            }
        });
        return parts;
    }

    private static void Draw(
        ReadOnlySpan<Vector3d> vertices, ReadOnlySpan<int> faces, Camera camera, int width, int height, Action<int, int, int, double> visit)
    {
        for (int f = 0; f + 2 < faces.Length; f += 3)
        {
            Vector3d a = At(vertices, faces[f]), b = At(vertices, faces[f + 1]), c = At(vertices, faces[f + 2]);
            if (!(a.Z > 0 && b.Z > 0 && c.Z > 0))
            {
                continue;
            }

            (double ax, double ay) = Project(camera, a);
            (double bx, double by) = Project(camera, b);
            (double cx, double cy) = Project(camera, c);
            double area = Cross(ax, ay, bx, by, cx, cy);
            if (area == 0 || !double.IsFinite(area))
            {
                continue;
            }

            int top = Bound(Math.Ceiling(Math.Min(ay, Math.Min(by, cy))), height), bottom = Bound(Math.Floor(Math.Max(ay, Math.Max(by, cy))) + 1, height);
            int left = Bound(Math.Ceiling(Math.Min(ax, Math.Min(bx, cx))), width), right = Bound(Math.Floor(Math.Max(ax, Math.Max(bx, cx))) + 1, width);
            for (int y = top; y < bottom; y++)
            {
                for (int x = left; x < right; x++)
                {
                    double wc = Cross(ax, ay, bx, by, x, y) / area, wa = Cross(bx, by, cx, cy, x, y) / area, wb = Cross(cx, cy, ax, ay, x, y) / area;
                    if (wa >= 0 && wb >= 0 && wc >= 0)
                    {
                        // 1/z is what runs linearly over the picture.
                        visit(x, y, f / 3, 1 / ((wa / a.Z) + (wb / b.Z) + (wc / c.Z)));
                    }
                }
            }
        }
    }

    private static Vector3d At(ReadOnlySpan<Vector3d> vertices, int index) => (uint)index < (uint)vertices.Length
        ? vertices[index]
        : throw new ArgumentException($"a face names vertex {index} of a mesh with {vertices.Length} vertices");

    private static (double X, double Y) Project(Camera camera, Vector3d p) => ((camera.Fx * p.X / p.Z) + camera.Cx, (camera.Fy * p.Y / p.Z) + camera.Cy);

    private static double Cross(double ax, double ay, double bx, double by, double cx, double cy) => ((bx - ax) * (cy - ay)) - ((by - ay) * (cx - ax));

    private static int Bound(double value, int size) => (int)Math.Clamp(value, 0, size);
}
