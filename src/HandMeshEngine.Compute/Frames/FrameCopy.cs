using HandMeshEngine.Compute;

namespace HandMeshEngine;

/// <summary>
/// A frame in memory of its own, for when the caller's does not last: a camera's buffer that goes back to the driver. Of the format and
/// strides that it had. Taking frames of one size and format allocates once.
/// </summary>
public sealed class FrameCopy
{
    private readonly int[] _starts = new int[4];
    private readonly int[] _strides = new int[3];
    private byte[] _memory = [];
    private PixelFormat _format;
    private int _width;
    private int _height;
    private int _chromaStep;
    private int _black;
    private int _white;
    private YuvEncoding _encoding;
    private FrameOrientation _orientation;
    private LensProjection? _projection;

    /// <summary>The frame, which changes with the next one that is taken.</summary>
    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    public ImageView View => _width == 0
        ? throw new InvalidOperationException("this copy holds no frame yet; take one")
        : new ImageView(
            _format, _width, _height, Plane(0), _strides[0], Plane(1), _strides[1], Plane(2), _strides[2], _chromaStep, _encoding)
        {
            Orientation = _orientation,
            Projection = _projection,
            Black = _black,
            White = _white,
        };

    /// <summary>Copies a frame.</summary>
    /// <exception cref="ArgumentException">It is empty, lies in device memory, or its planes have 2 GiB or more together.</exception>
    public void Take(ImageView frame)
    {
        if (frame.IsEmpty)
        {
            throw new ArgumentException("the image is empty; give pixels, a width and a height", nameof(frame));
        }

        long bytes = 0;
        for (int plane = 0; plane < frame.Planes; plane++)
        {
            bytes += frame.Plane(plane).Length;
        }

        if (bytes > Array.MaxLength)
        {
            throw new ArgumentException($"the frame's planes have {bytes} bytes; a copy holds at most {Array.MaxLength}", nameof(frame));
        }

        if (_memory.Length < bytes)
        {
            _memory = GC.AllocateUninitializedArray<byte>((int)bytes);
        }

        int start = 0;
        for (int plane = 0; plane < _strides.Length; plane++)
        {
            _starts[plane] = start;
            _strides[plane] = plane < frame.Planes ? frame.PlaneStride(plane) : 0;
            if (plane < frame.Planes)
            {
                frame.Plane(plane).CopyTo(_memory.AsSpan(start));
                start += frame.Plane(plane).Length;
            }
        }

        _starts[3] = start;
        (_format, _width, _height, _chromaStep) = (frame.Format, frame.StoredWidth, frame.StoredHeight, frame.ChromaStep);
        (_encoding, _orientation, _projection, _black, _white) = (frame.Encoding, frame.Orientation, frame.Projection, frame.Black, frame.White);
    }

    private ReadOnlySpan<byte> Plane(int plane) => _memory.AsSpan(_starts[plane], _starts[plane + 1] - _starts[plane]);
}
