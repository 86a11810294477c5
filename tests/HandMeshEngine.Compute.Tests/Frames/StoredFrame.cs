using System.Globalization;

namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>A frame whose planes are tensors named after a key such as <c>nv12.bt601.limited.left</c>.</summary>
internal sealed class StoredFrame
{
    private readonly byte[][] _planes;
    private readonly int[] _strides;
    private readonly PixelFormat _format;
    private readonly YuvEncoding _encoding;
    private readonly (int Black, int White) _range = (0, ushort.MaxValue);
    private readonly bool _isBottomUp;
    private readonly int _width;
    private readonly int _height;

    public StoredFrame(TensorMap tensors, string key, int width, int height)
    {
        string[] parts = key.Split('.');
        (_width, _height) = (width, height);
        _format = Enum.Parse<PixelFormat>(parts[0], ignoreCase: true);
        if (parts.Length == 4)
        {
            _encoding = new(Enum.Parse<YuvMatrix>(parts[1], true), Enum.Parse<YuvRange>(parts[2], true), Enum.Parse<ChromaSiting>(parts[3], true));
        }
        else if (_format == PixelFormat.Gray16)
        {
            _range = (int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
        }

        _isBottomUp = parts[^1] == "bottomup";
        PixelLayout layout = PixelLayout.Of(_format);
        _planes = new byte[layout.Planes][];
        _strides = new int[layout.Planes];
        for (int plane = 0; plane < layout.Planes; plane++)
        {
            Tensor stored = tensors[$"{key}.plane{plane}"];
            int rows = layout.Rows(plane, height);
            _strides[plane] = stored.Shape[1];
            int needed = ((rows - 1) * _strides[plane]) + (int)layout.RowBytes(plane, width);
            _planes[plane] = stored.Bytes[..needed].ToArray();
        }
    }

    public byte[][] Planes => _planes;

    public int[] Strides => _strides;

    public YuvEncoding Encoding => _encoding;

    public ImageView View => _format switch
    {
        PixelFormat.Nv12 => ImageView.Nv12(_planes[0], _strides[0], _planes[1], _strides[1], _width, _height, _encoding),
        PixelFormat.Nv21 => ImageView.Nv21(_planes[0], _strides[0], _planes[1], _strides[1], _width, _height, _encoding),
        PixelFormat.P010 => ImageView.P010(_planes[0], _strides[0], _planes[1], _strides[1], _width, _height, _encoding),
        PixelFormat.I420 => ImageView.I420(_planes[0], _strides[0], _planes[1], _strides[1], _planes[2], _strides[2], _width, _height, _encoding),
        PixelFormat.Yv12 => ImageView.I420(_planes[0], _strides[0], _planes[2], _strides[2], _planes[1], _strides[1], _width, _height, _encoding),
        PixelFormat.Gray16 => ImageView.Gray16(_planes[0], _strides[0], _width, _height, _range.Black, _range.White),
        _ => new ImageView(_planes[0], _width, _height, _isBottomUp ? -_strides[0] : _strides[0], _format) { Encoding = _encoding },
    };
}
