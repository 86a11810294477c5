using HandMeshEngine.Buffers;

namespace HandMeshEngine;

/// <summary>
/// Draws meshes as a camera sees them, lens included, into depth, mask and part buffers of the caller's (docs/buffers.md): one sample at each
/// pixel's centre, both sides of every face. Reuses its memory: drawing allocates nothing once it has seen the camera and as many hands.
/// One caller at a time.
/// </summary>
public sealed class HandRasterizer
{
    /// <summary>Hands that fit the labels of a buffer of parts.</summary>
    public const int MostHands = 31;

    private const int LabelsPerHand = 8;

    private readonly FaceSetup _setup = new();
    private readonly PixelBand _band = new();
    private readonly PartLabels _labels = new();
    private PixelRays? _rays;
    private int[] _firstInBand = [];
    private (int Face, int Next)[] _queue = [];
    private int _queued;

    /// <summary>Draws hands; those without a place in camera space are left out.</summary>
    /// <param name="hands">In camera space of <paramref name="camera"/>, usually <see cref="HandResult.Hands"/>.</param>
    /// <param name="camera">The camera, of any lens, at the size of the buffers (<see cref="Camera.Resized"/> makes smaller ones).</param>
    /// <param name="buffers">Written whole: what no hand covers, too.</param>
    /// <remarks>The first call with another camera computes its rays, which takes tens of milliseconds with a lens.</remarks>
    /// <exception cref="ArgumentException">A buffer is too small, the camera belongs to another size, or there are more than 31 hands.</exception>
    public void Draw(ReadOnlySpan<HandMesh> hands, Camera camera, HandBuffers buffers)
    {
        Begin(camera, buffers);
        if (hands.Length > MostHands)
        {
            throw new ArgumentException($"{hands.Length} hands do not fit the labels of one buffer; draw at most {MostHands}", nameof(hands));
        }

        if (buffers.IsEmpty)
        {
            return;
        }

        for (int i = 0; i < hands.Length; i++)
        {
            HandMesh hand = hands[i];
            if (hand.Placement.IsPlaced)
            {
                _setup.Add(hand.Vertices, hand.Faces, _labels.Of(hand), LabelsPerHand * i, _rays!);
            }
        }

        Finish(buffers);
    }

    /// <summary>Draws any triangle mesh.</summary>
    /// <param name="vertices">[V], metres, camera space.</param>
    /// <param name="faces">[F, 3] vertex indices.</param>
    /// <param name="labels">[F] what the pixels of <see cref="HandBuffers.Parts"/> hold where a face is the nearest.</param>
    /// <param name="camera">The camera, of any lens, at the size of the buffers.</param>
    /// <param name="buffers">Written whole.</param>
    /// <exception cref="ArgumentException">A buffer is too small, the camera belongs to another size, a face names a vertex that does not exist, or
    /// the labels do not fit the faces.</exception>
    public void Draw(ReadOnlySpan<Vector3> vertices, ReadOnlySpan<int> faces, ReadOnlySpan<byte> labels, Camera camera, HandBuffers buffers)
    {
        Begin(camera, buffers);
        if (faces.Length != 3 * labels.Length)
        {
            throw new ArgumentException($"{labels.Length} labels do not fit {faces.Length / 3} faces", nameof(labels));
        }

        foreach (int index in faces)
        {
            if ((uint)index >= (uint)vertices.Length)
            {
                throw new ArgumentException($"a face names vertex {index} of a mesh with {vertices.Length} vertices", nameof(faces));
            }
        }

        if (buffers.IsEmpty)
        {
            return;
        }

        _setup.Add(vertices, faces, labels, 0, _rays!);
        Finish(buffers);
    }

    /// <summary>The part of every face of a hand, as <see cref="Draw(ReadOnlySpan{HandMesh}, Camera, HandBuffers)"/> labels it.</summary>
    /// <param name="hand">The rig's faces belong to the bone that moves them most; those of other meshes to the nearest bone between its joints.</param>
    /// <param name="parts">[F], written: a <see cref="HandPart"/> each.</param>
    /// <exception cref="ArgumentException">It holds less than a value for each face.</exception>
    public void Parts(HandMesh hand, Span<byte> parts)
    {
        ArgumentNullException.ThrowIfNull(hand);
        if (parts.Length < hand.Faces.Length / 3)
        {
            throw new ArgumentException($"{parts.Length} values do not fit {hand.Faces.Length / 3} faces", nameof(parts));
        }

        _labels.Of(hand).CopyTo(parts);
    }

    /// <summary>Writes the rays of a camera's pixels, for <c>CudaMeshRaster</c> and other renderers.</summary>
    /// <param name="camera">The camera, of any lens.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rays">[height, width, 3], written: x right, y down, z forward, length 1; not numbers where the lens has no ray.</param>
    /// <exception cref="ArgumentException">The camera belongs to another size, or there are not three numbers a pixel.</exception>
    public static void WriteRays(Camera camera, int width, int height, Span<float> rays)
    {
        ArgumentNullException.ThrowIfNull(camera);
        camera.RequireSize(width, height);
        if (width < 1 || height < 1 || rays.Length != 3L * width * height)
        {
            throw new ArgumentException($"{rays.Length} numbers do not hold the rays of {width}x{height} pixels, which take three each", nameof(rays));
        }

        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                Vector3d ray = camera.TryRay(u, v, out Vector3d found) ? found : new Vector3d(double.NaN, double.NaN, double.NaN);
                ray.CopyTo(rays, (v * width) + u);
            }
        }
    }

    private void Begin(Camera camera, in HandBuffers buffers)
    {
        ArgumentNullException.ThrowIfNull(camera);
        buffers.Validate();
        camera.RequireSize(buffers.Width, buffers.Height);
        if (!buffers.IsEmpty && (_rays is null || _rays.Width != buffers.Width || _rays.Height != buffers.Height || _rays.Camera != camera))
        {
            _rays = new PixelRays(camera, buffers.Width, buffers.Height);
        }

        _setup.Clear();
    }

    private void Finish(in HandBuffers buffers)
    {
        PixelRays rays = _rays!;
        ReadOnlySpan<DrawnFace> faces = _setup.Faces;
        QueueByBand(faces, (buffers.Height + PixelBand.Rows - 1) / PixelBand.Rows);
        for (int band = 0; band * PixelBand.Rows < buffers.Height; band++)
        {
            (int left, int right) = (buffers.Width, -1);
            for (int entry = _firstInBand[band]; entry >= 0; entry = _queue[entry].Next)
            {
                ref readonly DrawnFace face = ref faces[_queue[entry].Face];
                (left, right) = (Math.Min(left, face.Left), Math.Max(right, face.Right));
            }

            _band.Clear(band * PixelBand.Rows, left, right, buffers.Width);
            for (int entry = _firstInBand[band]; entry >= 0; entry = _queue[entry].Next)
            {
                if (rays.HasLens)
                {
                    _band.Draw(faces[_queue[entry].Face], rays);
                }
                else
                {
                    _band.Draw(faces[_queue[entry].Face]);
                }
            }

            _band.Write(buffers, rays);
        }
    }

    // A list of faces for each band.
    private void QueueByBand(ReadOnlySpan<DrawnFace> faces, int bands)
    {
        if (_firstInBand.Length < bands)
        {
            _firstInBand = new int[bands];
        }

        _firstInBand.AsSpan(0, bands).Fill(-1);
        _queued = 0;
        for (int f = 0; f < faces.Length; f++)
        {
            for (int band = faces[f].Top / PixelBand.Rows; band <= faces[f].Bottom / PixelBand.Rows; band++)
            {
                if (_queued == _queue.Length)
                {
                    Array.Resize(ref _queue, Math.Max(4096, 2 * _queue.Length));
                }

                _queue[_queued] = (f, _firstInBand[band]);
                _firstInBand[band] = _queued++;
            }
        }
    }
}
