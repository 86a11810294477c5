namespace HandMeshEngine.Buffers;

/// <summary>Makes the faces of meshes ready to be drawn at a camera. Reuses its buffers; one caller at a time.</summary>
internal sealed class FaceSetup
{
    // Edges longer than this, in radians, bow out by more than the formula for short ones says.
    private const double LongEdge = 0.35;

    // Beyond this margin, in pixels, the tiles tell better where a face lies.
    private const double WideMargin = 64;

    // Distance on the unit sphere.
    private const double QuarterTurn = 1.4;

    // Rounding of projections.
    private const double Slack = 0.01;

    private DrawnFace[] _faces = [];
    private Vector3d[] _directions = [];
    private Vector2[] _pixels = [];
    private int _count;

    /// <summary>The faces that may be seen.</summary>
    public ReadOnlySpan<DrawnFace> Faces => _faces.AsSpan(0, _count);

    /// <summary>Forgets all faces.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a mesh.</summary>
    /// <param name="vertices">[V], metres, camera space.</param>
    /// <param name="faces">[F, 3]</param>
    /// <param name="labels">[F]</param>
    /// <param name="label">Added to every label.</param>
    /// <param name="rays">The camera.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one picture per process is usual: no time to warm up
    public void Add(ReadOnlySpan<Vector3> vertices, ReadOnlySpan<int> faces, ReadOnlySpan<byte> labels, int label, PixelRays rays)
    {
        Project(vertices, rays);
        if (_faces.Length < _count + labels.Length)
        {
            Array.Resize(ref _faces, _count + labels.Length);
        }

        Camera camera = rays.Camera;
        double sx = 1 / camera.Fx, sy = 1 / camera.Fy, cx = camera.Cx, cy = camera.Cy;
        for (int f = 0; f < labels.Length; f++)
        {
            int i = faces[3 * f], j = faces[(3 * f) + 1], k = faces[(3 * f) + 2];
            ref DrawnFace face = ref _faces[_count];
            if (!Bound(ref face, i, j, k, rays))
            {
                continue;
            }

            Vector3d a = Vector3d.From(vertices[i]), b = Vector3d.From(vertices[j]), c = Vector3d.From(vertices[k]);
            Vector3d bc = Vector3d.Cross(b, c), ca = Vector3d.Cross(c, a), ab = Vector3d.Cross(a, b);
            double volume = Vector3d.Dot(a, bc), sign = volume < 0 ? -1 : 1;
            Vector3d plane = Vector3d.Cross(b - a, c - a) * (1 / volume);
            if (volume == 0 || !plane.IsFinite)
            {
                continue;
            }

            face.Label = label + labels[f];
            if (rays.HasLens)
            {
                (face.Edge0, face.Edge1, face.Edge2) = ((bc * sign).ToSingle(), (ca * sign).ToSingle(), (ab * sign).ToSingle());
                (face.Nearness, face.Anchor) = (plane.ToSingle(), default);
                face.Least = (float)(1 / Math.Sqrt(Math.Max(a.LengthSquared, Math.Max(b.LengthSquared, c.LengthSquared))));
                face.Most = (float)plane.Length;
            }
            else
            {
                // A neighbour's edge has the same numbers with the other sign, whatever is rounded: no pixel falls between two faces.
                face.Edge0 = InPixels(bc * sign);
                face.Edge1 = InPixels(ca * sign);
                face.Edge2 = InPixels(ab * sign);
                double px = plane.X * sx, py = plane.Y * sy;
                face.Anchor = new Vector2(face.Left, face.Top);
                face.Nearness = new Vector3((float)px, (float)py, (float)((px * (face.Left - cx)) + (py * (face.Top - cy)) + plane.Z));
                double near = Math.Min(a.Z, Math.Min(b.Z, c.Z)), far = Math.Max(a.Z, Math.Max(b.Z, c.Z));
                (face.Least, face.Most) = ((float)(1 / far), near > 0 ? (float)(1 / near) : float.MaxValue);
            }

            _count++;
        }

        Vector3 InPixels(Vector3d n)
        {
            double x = n.X * sx, y = n.Y * sy;
            return new Vector3((float)x, (float)y, (float)(n.Z - ((x * cx) + (y * cy))));
        }
    }

    // Where the vertices appear, not numbers where they do not; and their directions, with a lens of length 1.
    private void Project(ReadOnlySpan<Vector3> vertices, PixelRays rays)
    {
        if (_pixels.Length < vertices.Length)
        {
            (_pixels, _directions) = (new Vector2[vertices.Length], new Vector3d[vertices.Length]);
        }

        Camera camera = rays.Camera;
        for (int v = 0; v < vertices.Length; v++)
        {
            Vector3d p = Vector3d.From(vertices[v]);
            _directions[v] = rays.HasLens ? p.Normalized() : p;
            _pixels[v] = camera.TryProject(p, out double x, out double y) ? new Vector2((float)x, (float)y) : new Vector2(float.NaN);
        }
    }

    // The pixels that a face may cover; false if there are none.
    private bool Bound(ref DrawnFace face, int i, int j, int k, PixelRays rays)
    {
        Vector2 a = _pixels[i], b = _pixels[j], c = _pixels[k];
        double margin = Slack;
        bool isOdd = !float.IsFinite(a.X + a.Y + b.X + b.Y + c.X + c.Y);
        if (rays.HasLens && !isOdd)
        {
            Vector3d ab = _directions[i] - _directions[j], bc = _directions[j] - _directions[k], ca = _directions[k] - _directions[i];
            double longest = Math.Max(ab.LengthSquared, Math.Max(bc.LengthSquared, ca.LengthSquared));
            margin += longest * rays.Bend;
            isOdd = longest > LongEdge * LongEdge || margin > WideMargin;
        }

        if (isOdd)
        {
            return BoundByTiles(ref face, i, j, k, rays);
        }

        Vector2 low = Vector2.Min(a, Vector2.Min(b, c)), high = Vector2.Max(a, Vector2.Max(b, c));
        // Beyond the picture nothing is drawn, and an int holds what is left.
        face.Left = (int)Math.Ceiling(Math.Max(low.X - margin, 0));
        face.Top = (int)Math.Ceiling(Math.Max(low.Y - margin, 0));
        face.Right = (int)Math.Floor(Math.Min(high.X + margin, rays.Width - 1));
        face.Bottom = (int)Math.Floor(Math.Min(high.Y + margin, rays.Height - 1));
        return face.Left <= face.Right && face.Top <= face.Bottom;
    }

    // The tiles whose rays come near those of the face. A triangle on the sphere lies in any ball around its corners that holds less than a
    // half of the sphere.
    private bool BoundByTiles(ref DrawnFace face, int i, int j, int k, PixelRays rays)
    {
        Vector3d a = _directions[i].Normalized(), b = _directions[j].Normalized(), c = _directions[k].Normalized(), middle = (a + b + c).Normalized();
        double radius = Math.Max((a - middle).Length, Math.Max((b - middle).Length, (c - middle).Length));
        if (!double.IsFinite(radius))
        {
            return false;
        }

        (face.Left, face.Right, face.Top, face.Bottom) = (rays.Width, -1, rays.Height, -1);
        for (int tile = 0; tile < rays.Tiles.Length; tile++)
        {
            Vector4 ball = rays.Tiles[tile];
            double distance = (middle - new Vector3d(ball.X, ball.Y, ball.Z)).Length;
            if (ball.W >= 0 && (radius > QuarterTurn || distance <= radius + ball.W + 1e-6))
            {
                int left = tile % rays.TileColumns * PixelRays.TileSide, top = tile / rays.TileColumns * PixelRays.TileSide;
                (face.Left, face.Top) = (Math.Min(face.Left, left), Math.Min(face.Top, top));
                face.Right = Math.Max(face.Right, Math.Min(left + PixelRays.TileSide, rays.Width) - 1);
                face.Bottom = Math.Max(face.Bottom, Math.Min(top + PixelRays.TileSide, rays.Height) - 1);
            }
        }

        return face.Left <= face.Right && face.Top <= face.Bottom;
    }
}
