namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// Inputs of the palm detector made with more care than the warp's four taps: smoothed before they are reduced, brightened where the
/// frame is dark, tinted where it is gray, because the detector looks for the colour of skin (docs/systems/mediapipe-hand.md 4.6). Grows
/// to the largest frame and then allocates nothing. One caller at a time.
/// </summary>
internal sealed class TreatedFrame
{
    private const int Size = PalmDetector.InputSize;
    private const int Channels = 3;

    // Of 255, of frames that the detector knows; frames below the first are dark.
    private const double Dark = 70;
    private const double UsualBrightness = 115;
    private const double MostGain = 16;

    // Mean difference of channels, of 255, below which a frame has no colour.
    private const double Gray = 3;

    // Reduced further than that, more taps an axis than these say nothing new.
    private const int Taps = 4;
    private const int Probes = 64;

    private static readonly double[] _tint = [1.2, 0.9, 0.75];

    private readonly byte[] _input = new byte[Size * Size * Channels];
    private readonly double[] _gains = new double[Channels];
    private byte[] _rgb = [];
    private int _width;
    private int _height;

    /// <summary>Whether the frame is dark or gray, so that the detector is unlikely to see anything as it is.</summary>
    public bool IsHard { get; private set; }

    /// <summary>Takes a frame.</summary>
    public void Prepare(ImageView image)
    {
        (_width, _height) = (image.Width, image.Height);
        int bytes = _width * _height * Channels;
        if (_rgb.Length < bytes)
        {
            _rgb = new byte[bytes];
        }

        image.CopyRgb(_rgb.AsSpan(0, bytes));
        Measure(out double brightness, out double colour);
        double gain = brightness < Dark ? Math.Min(UsualBrightness / Math.Max(brightness, 1), MostGain) : 1;
        bool isGray = colour < Gray * Math.Min(1, brightness / Dark);
        for (int channel = 0; channel < Channels; channel++)
        {
            _gains[channel] = gain * (isGray ? _tint[channel] : 1);
        }

        IsHard = gain > 1 || isGray;
    }

    /// <summary>Makes an upright square of the frame into an input; what lies outside is black.</summary>
    /// <returns>[192, 192, 3], valid until the next call.</returns>
    public ReadOnlySpan<byte> Square(in Crop square)
    {
        double step = square.Width / Size, left = square.CenterX - (square.Width / 2), top = square.CenterY - (square.Height / 2);
        int at = 0;
        for (int row = 0; row < Size; row++)
        {
            (int firstRow, int endRow) = Range(top + (row * step), step, _height);
            for (int column = 0; column < Size; column++, at += Channels)
            {
                (int firstColumn, int endColumn) = Range(left + (column * step), step, _width);
                Mean(firstRow, endRow, firstColumn, endColumn, _input.AsSpan(at, Channels));
            }
        }

        return _input;
    }

    // The pixels that an input pixel at a position stands for.
    private static (int First, int End) Range(double at, double step, int length)
    {
        int first = (int)Math.Floor(at - (step / 2) + 0.5), end = Math.Max(first + 1, (int)Math.Floor(at + (step / 2) + 0.5));
        return (Math.Clamp(first, 0, length), Math.Clamp(end, 0, length));
    }

    private void Mean(int firstRow, int endRow, int firstColumn, int endColumn, Span<byte> to)
    {
        int stepRow = Math.Max(1, (endRow - firstRow) / Taps), stepColumn = Math.Max(1, (endColumn - firstColumn) / Taps);
        int count = 0, red = 0, green = 0, blue = 0;
        for (int y = firstRow; y < endRow; y += stepRow)
        {
            int at = ((y * _width) + firstColumn) * Channels;
            for (int x = firstColumn; x < endColumn; x += stepColumn, at += stepColumn * Channels)
            {
                red += _rgb[at];
                green += _rgb[at + 1];
                blue += _rgb[at + 2];
                count++;
            }
        }

        double scale = 1.0 / Math.Max(count, 1);
        to[0] = Level(red * scale * _gains[0]);
        to[1] = Level(green * scale * _gains[1]);
        to[2] = Level(blue * scale * _gains[2]);
    }

    private static byte Level(double value) => (byte)Math.Min(value + 0.5, byte.MaxValue);

    private void Measure(out double brightness, out double colour)
    {
        double sum = 0, difference = 0;
        int count = 0, stepX = Math.Max(1, _width / Probes), stepY = Math.Max(1, _height / Probes);
        for (int y = stepY / 2; y < _height; y += stepY)
        {
            for (int x = stepX / 2; x < _width; x += stepX, count++)
            {
                int at = ((y * _width) + x) * Channels;
                int red = _rgb[at], green = _rgb[at + 1], blue = _rgb[at + 2];
                sum += (red + green + blue) / 3.0;
                difference += (Math.Abs(red - green) + Math.Abs(green - blue)) / 2.0;
            }
        }

        brightness = sum / count;
        colour = difference / count;
    }
}
