using System.Runtime.InteropServices;
using HandMeshEngine.Images;

namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// Paints smooth-shaded meshes into a picture: hidden surfaces removed, edges smoothed by 16 samples a pixel. Pixel
/// centres are integers. Reuses its buffers; one caller at a time.
/// </summary>
internal sealed class MeshPainter
{
    private const int PerPixel = SampleBand.PerPixel;
    private const float SampleShare = 1f / (PerPixel * PerPixel);

    // The inside of a mesh that is open at the wrist.
    private const float InsideBrightness = 0.45f;

    // Depth across a pixel, in pixel widths, up to which the surface in it counts as one piece.
    private const float Steepest = 4;
    private const int Middle = (PerPixel * (PerPixel / 2)) + (PerPixel / 2);
    private const float Centre = (PerPixel - 1) / 2f;

    // Share of the way to the touching planes. The authors take 0.75, which swells a hand's outline by half a pixel; with
    // this the picture covers the true silhouette to an intersection over union above 0.99.
    private const float Roundness = 0.4f;

    private readonly SampleBand _band = new();
    private readonly List<Vector3> _corners = [];
    private readonly List<Vector4> _normals = []; // w: ambient light
    private readonly List<Vector3> _albedos = [];
    private readonly List<TriangleSetup> _triangles = [];
    private readonly List<(int Triangle, int Next)> _queue = [];
    private int[] _firstInBand = [];
    private View _view;

    /// <summary>In which the meshes stand.</summary>
    public Light Light { get; set; } = Light.Studio;

    // Read in place: a list's indexer would copy.
    private ReadOnlySpan<TriangleSetup> Triangles => CollectionsMarshal.AsSpan(_triangles);

    private ReadOnlySpan<Vector4> Normals => CollectionsMarshal.AsSpan(_normals);

    /// <summary>Forgets all meshes.</summary>
    /// <param name="view">How the next ones are seen, in pixels of the area that <see cref="Paint"/> is given.</param>
    public void Clear(in View view)
    {
        _view = view;
        _corners.Clear();
        _normals.Clear();
        _albedos.Clear();
        _triangles.Clear();
    }

    public void Add(in HandFigure figure)
    {
        int first = _corners.Count;
        bool bothSides = !figure.Hand.Surface.IsClosed;
        ReadOnlySpan<Vector3> vertices = figure.Hand.Vertices, normals = figure.Hand.Normals;
        for (int i = 0; i < vertices.Length; i++)
        {
            AddVertex(vertices[i], new Vector4(normals[i], figure.AmbientLight[i]), figure.AlbedoOf(i));
        }

        ReadOnlySpan<int> faces = figure.Hand.Faces;
        for (int f = 0; f < faces.Length; f += 3)
        {
            (int a, int b, int c) = (faces[f], faces[f + 1], faces[f + 2]);
            int ab = AddMiddle(figure, a, b), bc = AddMiddle(figure, b, c), ca = AddMiddle(figure, c, a);
            (a, b, c) = (a + first, b + first, c + first);
            AddTriangle(a, ab, ca, bothSides);
            AddTriangle(ab, b, bc, bothSides);
            AddTriangle(ca, bc, c, bothSides);
            AddTriangle(ab, bc, ca, bothSides);
        }
    }

    /// <summary>Paints what was added.</summary>
    /// <param name="target">Receives the picture.</param>
    /// <param name="area">Part of <paramref name="target"/> whose top left pixel is the view's (0, 0); nothing outside is touched.</param>
    /// <param name="opacity">0 to 1.</param>
    public void Paint(RgbImage target, Area area, float opacity)
    {
        int bands = (area.Height + SampleBand.PixelRows - 1) / SampleBand.PixelRows;
        QueueByBand(bands);
        ReadOnlySpan<TriangleSetup> triangles = Triangles;
        for (int band = 0; band < bands; band++)
        {
            if (_firstInBand[band] < 0)
            {
                continue;
            }

            (int left, int right) = Extent(band, area.Width);
            _band.Clear(band * SampleBand.Rows, left, right);
            for (int entry = _firstInBand[band]; entry >= 0; entry = _queue[entry].Next)
            {
                _band.Draw(triangles[_queue[entry].Triangle], _queue[entry].Triangle);
            }

            int top = band * SampleBand.PixelRows;
            for (int y = top; y < Math.Min(top + SampleBand.PixelRows, area.Height); y++)
            {
                BlendRow(target.Row(area.Top + y).Slice(area.Left * 3, area.Width * 3), y, opacity);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddVertex(Vector3 position, Vector4 normalAndLight, Vector3 albedo)
    {
        Vector3 p = _view.Project(position);
        // Sample s of pixel p lies at p + (s + 0.5) / 4 - 0.5.
        _corners.Add(new Vector3(((p.X + 0.5f) * PerPixel) - 0.5f, ((p.Y + 0.5f) * PerPixel) - 0.5f, p.Z));
        var normal = new Vector3(normalAndLight.X, normalAndLight.Y, normalAndLight.Z);
        _normals.Add(new Vector4(_view.Turn(normal), normalAndLight.W));
        _albedos.Add(albedo);
    }

    // The middle of an edge, moved toward the planes that touch the surface at its ends (Phong tessellation, Boubekeur
    // and Alexa 2008), so that outlines of a coarse mesh look as round as its shading.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AddMiddle(in HandFigure figure, int a, int b)
    {
        Vector3 pa = figure.Hand.Vertices[a], pb = figure.Hand.Vertices[b], na = figure.Hand.Normals[a], nb = figure.Hand.Normals[b];
        Vector3 middle = (pa + pb) / 2;
        Vector3 lift = (Vector3.Dot(middle - pa, na) * na) + (Vector3.Dot(middle - pb, nb) * nb);
        AddVertex(
            middle - (Roundness / 2 * lift),
            new Vector4(Vector3.Normalize(na + nb), (figure.AmbientLight[a] + figure.AmbientLight[b]) / 2),
            (figure.AlbedoOf(a) + figure.AlbedoOf(b)) / 2);
        return _corners.Count - 1;
    }

    private void AddTriangle(int a, int b, int c, bool bothSides)
    {
        var triangle = new TriangleSetup(_corners[a], _corners[b], _corners[c], a, b, c);
        if (triangle.IsVisible && (bothSides || !triangle.ShowsBack))
        {
            _triangles.Add(triangle);
        }
    }

    // A linked list of triangles for every band that they touch.
    private void QueueByBand(int bands)
    {
        if (_firstInBand.Length < bands)
        {
            _firstInBand = new int[bands];
        }

        _firstInBand.AsSpan(0, bands).Fill(-1);
        _queue.Clear();
        ReadOnlySpan<TriangleSetup> triangles = Triangles;
        for (int i = 0; i < triangles.Length; i++)
        {
            int last = Math.Min(triangles[i].Bottom, (bands * SampleBand.Rows) - 1) / SampleBand.Rows;
            for (int band = Math.Max(triangles[i].Top, 0) / SampleBand.Rows; band <= last && triangles[i].Bottom >= 0; band++)
            {
                _queue.Add((i, _firstInBand[band]));
                _firstInBand[band] = _queue.Count - 1;
            }
        }
    }

    // The columns that a band's triangles may cover, in whole pixels.
    private (int Left, int Right) Extent(int band, int width)
    {
        (int left, int right) = (width * PerPixel, 0);
        for (int entry = _firstInBand[band]; entry >= 0; entry = _queue[entry].Next)
        {
            ref readonly TriangleSetup triangle = ref Triangles[_queue[entry].Triangle];
            (left, right) = (Math.Min(left, triangle.Left), Math.Max(right, triangle.Right + 1));
        }

        (left, right) = (Math.Max(left, 0) / PerPixel, Math.Min((right + PerPixel - 1) / PerPixel, width));
        return (left * PerPixel, Math.Max(left, right) * PerPixel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one picture per process is usual: no time to warm up
    private void BlendRow(Span<byte> pixels, int y, float opacity)
    {
        Span<int> samples = stackalloc int[PerPixel * PerPixel];
        for (int x = _band.Left / PerPixel; x < _band.Right / PerPixel; x++)
        {
            int left = x * PerPixel, top = y * PerPixel;
            (bool isFull, float range) = _band.Read(left, top, samples);
            if (isFull && IsSmooth(samples[Middle], left, top, range))
            {
                Vector3 colour = Shade(Triangles[samples[Middle]], left + Centre, top + Centre);
                Blend(pixels.Slice(x * 3, 3), colour, opacity);
            }
            else if (isFull || samples.ContainsAnyExcept(SampleBand.Nothing))
            {
                (Vector3 colour, float coverage) = Average(samples, left, top);
                Blend(pixels.Slice(x * 3, 3), colour, coverage * opacity);
            }
        }
    }

    // One piece of surface shows in the whole pixel, not too steep: shading its middle is enough.
    private bool IsSmooth(int triangle, int left, int top, float range) =>
        range < Steepest * _view.NearnessOfPixel(Triangles[triangle].Nearness(left, top));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blend(Span<byte> pixel, Vector3 linear, float alpha)
    {
        Vector3 colour = Light.Encode(linear);
        pixel[0] = (byte)(pixel[0] + (alpha * (colour.X - pixel[0])) + 0.5f);
        pixel[1] = (byte)(pixel[1] + (alpha * (colour.Y - pixel[1])) + 0.5f);
        pixel[2] = (byte)(pixel[2] + (alpha * (colour.Z - pixel[2])) + 0.5f);
    }

    // Every triangle that shows in the pixel is shaded once, at the middle of its samples, and counts by their number.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (Vector3 Colour, float Coverage) Average(Span<int> samples, int left, int top)
    {
        Vector3 sum = Vector3.Zero;
        int covered = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            int id = samples[i];
            if (id == SampleBand.Nothing)
            {
                continue;
            }

            int count = 0, x = 0, y = 0;
            for (int j = i; j < samples.Length; j++)
            {
                if (samples[j] == id)
                {
                    samples[j] = SampleBand.Nothing;
                    (count, x, y) = (count + 1, x + (j % PerPixel), y + (j / PerPixel));
                }
            }

            sum += count * Shade(Triangles[id], left + ((float)x / count), top + ((float)y / count));
            covered += count;
        }

        return (sum / covered, covered * SampleShare);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector3 Shade(in TriangleSetup triangle, float x, float y)
    {
        Vector3 w = triangle.Weights(x, y);
        Vector4 mixed = (Normals[triangle.A] * w.X) + (Normals[triangle.B] * w.Y) + (Normals[triangle.C] * w.Z);
        var normal = Vector3.Normalize(new Vector3(mixed.X, mixed.Y, mixed.Z));
        return triangle.ShowsBack
            ? Light.Shade(-normal, mixed.W, _albedos[triangle.A]) * InsideBrightness
            : Light.Shade(normal, mixed.W, _albedos[triangle.A]);
    }
}
