namespace HandMeshEngine.Tests.Buffers;

/// <summary>What a ray meets first, one triangle after the other in double precision (Möller and Trumbore 1997); knows no pixels.</summary>
internal sealed class RayCast
{
    private readonly (Vector3d A, Vector3d Ab, Vector3d Ac)[] _triangles;

    public RayCast(ReadOnlySpan<Vector3> vertices, ReadOnlySpan<int> faces)
    {
        _triangles = new (Vector3d, Vector3d, Vector3d)[faces.Length / 3];
        for (int f = 0; f < _triangles.Length; f++)
        {
            Vector3d a = Vector3d.From(vertices[faces[3 * f]]);
            _triangles[f] = (a, Vector3d.From(vertices[faces[(3 * f) + 1]]) - a, Vector3d.From(vertices[faces[(3 * f) + 2]]) - a);
        }
    }

    /// <summary>The nearest face along a ray from the origin, and how many times the ray's length it is away; -1 for none.</summary>
    public (int Face, double Distance) Cast(Vector3d ray)
    {
        (int face, double nearest) = (-1, double.PositiveInfinity);
        for (int f = 0; f < _triangles.Length; f++)
        {
            (Vector3d a, Vector3d ab, Vector3d ac) = _triangles[f];
            Vector3d p = Vector3d.Cross(ray, ac);
            double determinant = Vector3d.Dot(ab, p);
            if (determinant == 0)
            {
                continue;
            }

            Vector3d s = a * -1, q = Vector3d.Cross(s, ab);
            double u = Vector3d.Dot(s, p) / determinant, v = Vector3d.Dot(ray, q) / determinant, t = Vector3d.Dot(ac, q) / determinant;
            if (u >= 0 && v >= 0 && u + v <= 1 && t > 0 && t < nearest)
            {
                (face, nearest) = (f, t);
            }
        }

        return (face, nearest);
    }

    /// <summary>The same for a pixel position of a camera; (-1, infinity) where the lens has no ray. Distances along the axis and along the ray.</summary>
    public (int Face, double Z, double Range) Cast(Camera camera, double u, double v)
    {
        if (!camera.TryRay(u, v, out Vector3d ray))
        {
            return (-1, double.PositiveInfinity, double.PositiveInfinity);
        }

        (int face, double distance) = Cast(ray);
        return (face, distance * ray.Z, distance);
    }
}
