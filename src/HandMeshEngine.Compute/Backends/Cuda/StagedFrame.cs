using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// A frame on its way to the kernels: the rows that crops reach lie in page-locked memory, where kernels read them or from where they
/// are copied to the device. Sessions that share it copy a row once a frame. One thread at a time.
/// </summary>
internal sealed class StagedFrame(CudaContext context, bool copiesToDevice) : IDisposable
{
    private const int MostPlanes = 3;

    private readonly RowRange[] _rows = new RowRange[MostPlanes];
    private readonly nint[] _sources = new nint[MostPlanes];
    private PinnedMemory? _pinned;
    private DeviceMemory? _device;
    private (PixelFormat Format, int Width, int Height, int Stride) _kind;
    private CudaSession? _reader;

    /// <summary>Bytes copied by the host so far.</summary>
    public long BytesCopied { get; private set; }

    /// <summary>Whether rows that were copied are still those of the image: off makes every run copy its own.</summary>
    public bool Keeps { get; set; }

    /// <summary>Lets go of what was copied.</summary>
    public void Forget() => _sources.AsSpan().Clear();

    /// <summary>Copies the rows that are not there yet, and describes the frame to kernels. Allocates only for larger images.</summary>
    /// <param name="image">In host memory.</param>
    /// <param name="rows">The stored rows that are read.</param>
    /// <param name="stream">Where copies to the device are queued.</param>
    /// <param name="reader">Reads it in the run that follows.</param>
    public ImageBlock Stage(ImageView image, RowRange rows, CudaStream stream, CudaSession reader)
    {
        if (_reader is not null && _reader != reader)
        {
            _reader.Settle();
        }

        _reader = reader;
        MakeRoom(image);
        if (!Keeps || !IsThere(image))
        {
            Begin(image);
        }

        Span<ulong> planes = stackalloc ulong[MostPlanes];
        long at = 0;
        for (int plane = 0; plane < image.Planes; plane++)
        {
            planes[plane] = (_device?.Address ?? _pinned!.DeviceAddress) + (ulong)at;
            RowRange needed = rows.OfPlane(image.Layout.Rows(plane, image.StoredHeight), image.StoredHeight);
            foreach (RowRange missing in needed.Without(_rows[plane]))
            {
                Copy(image, plane, missing, at, stream);
            }

            _rows[plane] = _rows[plane].Around(needed);
            at += image.PlaneBytes(plane);
        }

        return ImageBlock.Of(image, planes[0], planes[1], planes[2], packed: true);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _pinned?.Dispose();
        _device?.Dispose();
        (_pinned, _device, _reader) = (null, null, null);
    }

    /// <summary>A session that is no more reads nothing.</summary>
    public void Leave(CudaSession session)
    {
        if (_reader == session)
        {
            _reader = null;
        }
    }

    private static nint AddressOf(ImageView image, int plane) =>
        Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(image.Plane(plane)));

    private bool IsThere(ImageView image)
    {
        bool same = _kind == (image.Format, image.StoredWidth, image.StoredHeight, image.Stride);
        for (int plane = 0; plane < image.Planes; plane++)
        {
            same &= _sources[plane] == AddressOf(image, plane);
        }

        return same;
    }

    private void Begin(ImageView image)
    {
        _kind = (image.Format, image.StoredWidth, image.StoredHeight, image.Stride);
        _rows.AsSpan().Clear();
        for (int plane = 0; plane < image.Planes; plane++)
        {
            _sources[plane] = AddressOf(image, plane);
        }
    }

    private void MakeRoom(ImageView image)
    {
        long bytes = 0;
        for (int plane = 0; plane < image.Planes; plane++)
        {
            bytes += image.PlaneBytes(plane);
        }

        if (_pinned is null || _pinned.Bytes < bytes)
        {
            Dispose();
            Forget();
            _pinned = new PinnedMemory(context, bytes);
            _device = copiesToDevice ? new DeviceMemory(context, bytes) : null;
        }
    }

    private void Copy(ImageView image, int plane, RowRange rows, long start, CudaStream stream)
    {
        long length = image.RowBytes(plane), first = start + (rows.First * length), at = first;
        for (int row = rows.First; row < rows.End; row++)
        {
            image.PlaneRow(plane, row).CopyTo(_pinned!.Span[(int)at..]);
            at += length;
        }

        BytesCopied += at - first;
        if (_device is not null)
        {
            stream.Copy(_pinned!, first, _device, first, at - first);
        }
    }
}
