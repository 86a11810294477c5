namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>A copy of a frame whose samples are read one by one, in double (docs/frames.md).</summary>
internal sealed class Frame
{
    private readonly byte[][] _planes;
    private readonly long[] _tops;
    private readonly int[] _strides;
    private readonly SampleLayout[] _samples;
    private readonly PixelLayout _layout;
    private readonly ColourRule _rule;
    private readonly ChromaSiting _siting;
    private readonly PixelMap _toStored;
    private readonly int _storedWidth;
    private readonly int _storedHeight;

    public Frame(ImageView image)
    {
        _layout = image.Layout;
        _planes = new byte[_layout.Planes][];
        _tops = new long[_layout.Planes];
        _strides = new int[_layout.Planes];
        for (int plane = 0; plane < _layout.Planes; plane++)
        {
            _planes[plane] = image.Plane(plane).ToArray();
            _tops[plane] = image.TopRow(plane);
            _strides[plane] = image.PlaneStride(plane);
        }

        _samples = [image.Sample(0), image.Sample(1), image.Sample(2)];
        _rule = image.Rule;
        _siting = image.Encoding.Siting;
        (_storedWidth, _storedHeight) = (image.StoredWidth, image.StoredHeight);
        (Width, Height) = (image.Width, image.Height);
        _toStored = PixelMap.ToStored(image.Orientation, _storedWidth, _storedHeight);
        Projection = image.Projection;
    }

    /// <summary>Columns of the upright image.</summary>
    public int Width { get; }

    /// <summary>Rows of the upright image.</summary>
    public int Height { get; }

    /// <summary>The lens, if matrices lead to rays.</summary>
    public LensProjection? Projection { get; }

    /// <summary>A position of the upright image in the stored frame.</summary>
    public (double X, double Y) ToStored(double u, double v) => (
        (_toStored.Xu * u) + (_toStored.Xv * v) + _toStored.X0, (_toStored.Yu * u) + (_toStored.Yv * v) + _toStored.Y0);

    /// <summary>Where the lens shows the ray of an output pixel.</summary>
    public bool TryLens(double[] m, int column, int row, out double x, out double y)
    {
        var stored = new double[9];
        _toStored.Turn(m, stored);
        return Projection!.TryProject(
            (stored[0] * column) + (stored[1] * row) + stored[2],
            (stored[3] * column) + (stored[4] * row) + stored[5],
            (stored[6] * column) + (stored[7] * row) + stored[8],
            out x,
            out y);
    }

    /// <summary>A channel of an upright pixel, chroma of its own block, rounded to 8 bits.</summary>
    public float Rounded(int channel, int u, int v)
    {
        (int x, int y) = _toStored.Apply(u, v);
        return (float)Math.Floor(Pixel(channel, x, y) + 0.5);
    }

    /// <summary>A channel at a stored position.</summary>
    public double Bilinear(WarpBorder border, int channel, double x, double y)
    {
        x = Math.Clamp(x, -1e6, 1e6);
        y = Math.Clamp(y, -1e6, 1e6);
        if (_layout.Kind != SampleKind.Yuv)
        {
            return Mix((column, row) => Pixel(channel, column, row), x, y, _storedWidth, _storedHeight, border);
        }

        double luma = Mix((column, row) => Sample(0, column, row), x, y, _storedWidth, _storedHeight, border);
        double inside = Mix((_, _) => 1, x, y, _storedWidth, _storedHeight, border);
        double cx = Math.Clamp(x, 0, _storedWidth - 1), cy = Math.Clamp(y, 0, _storedHeight - 1);
        cx = (cx - (_siting == ChromaSiting.Center ? 0.5 : 0)) / 2;
        cy = _layout.ShiftY == 0 ? cy : (cy - (_siting == ChromaSiting.TopLeft ? 0 : 0.5)) / 2;
        int columns = (_storedWidth + _layout.ShiftX) >> _layout.ShiftX, rows = (_storedHeight + _layout.ShiftY) >> _layout.ShiftY;
        double blue = Mix((column, row) => Sample(1, column, row), cx, cy, columns, rows, WarpBorder.Replicate);
        double red = Mix((column, row) => Sample(2, column, row), cx, cy, columns, rows, WarpBorder.Replicate);
        return Colour(channel, luma, blue, red, inside);
    }

    private double Pixel(int channel, int x, int y) => _layout.Kind switch
    {
        SampleKind.Colour => Sample(channel, x, y),
        SampleKind.Gray => Math.Clamp((Sample(0, x, y) - _rule.Zero) * _rule.Scale, 0, 255),
        _ => Colour(
            channel,
            Sample(0, x, y),
            Sample(1, x >> _layout.ShiftX, y >> _layout.ShiftY),
            Sample(2, x >> _layout.ShiftX, y >> _layout.ShiftY),
            1),
    };

    private double Colour(int channel, double luma, double blue, double red, double inside)
    {
        double cb = blue - ColourRule.Neutral, cr = red - ColourRule.Neutral;
        double chroma = channel switch
        {
            0 => _rule.RedFromCr * cr,
            1 => (_rule.GreenFromCb * cb) + (_rule.GreenFromCr * cr),
            _ => _rule.BlueFromCb * cb,
        };
        return Math.Clamp((_rule.Scale * (luma - (inside * _rule.Zero))) + (inside * chroma), 0, 255 * inside);
    }

    private double Sample(int index, int x, int y)
    {
        SampleLayout sample = _samples[index];
        byte[] plane = _planes[sample.Plane];
        long at = _tops[sample.Plane] + ((long)y * _strides[sample.Plane]) + sample.Offset + ((long)x * sample.Step);
        int value = _layout.SampleBytes == 1 ? plane[at] : plane[at] | (plane[at + 1] << 8);
        return value * _rule.Unit;
    }

    private static double Mix(Func<int, int, double> tap, double x, double y, int width, int height, WarpBorder border)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double fx = x - left, fy = y - top, sum = 0;
        for (int i = 0; i < 4; i++)
        {
            int column = left + (i & 1), row = top + (i >> 1);
            double weight = ((i & 1) == 1 ? fx : 1 - fx) * (i >> 1 == 1 ? fy : 1 - fy);
            bool inside = (uint)column < (uint)width && (uint)row < (uint)height;
            if (inside || border == WarpBorder.Replicate)
            {
                sum += weight * tap(Math.Clamp(column, 0, width - 1), Math.Clamp(row, 0, height - 1));
            }
        }

        return sum;
    }
}
