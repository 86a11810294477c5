using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>Pictures as pixels, turned as the user asked. Its buffers are kept for the next picture; not thread-safe.</summary>
internal sealed class PictureLoader(PictureOptions options)
{
    private readonly ImageFileDecoder _decoder = new();
    private readonly RgbImage _turned = new(1, 1);

    /// <summary>How pictures are turned.</summary>
    public FrameOrientation Orientation => options.Orientation;

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="ImageException">The file is missing or not a picture that can be read.</exception>
    public RgbImage Load(string path) => Turn(_decoder.Load(path));

    /// <summary>Decodes a file in memory.</summary>
    /// <exception cref="ImageException">This is not a picture that can be read.</exception>
    public RgbImage Decode(ReadOnlyMemory<byte> file) => Turn(_decoder.Decode(file));

    /// <summary>Turns pixels as the user asked.</summary>
    public RgbImage Turn(RgbImage image)
    {
        if (options.Orientation == FrameOrientation.Upright)
        {
            return image;
        }

        _turned.CopyFrom(image.View with { Orientation = options.Orientation });
        _turned.Info = image.Info; // a copy, whose sizes the camera turns
        return _turned;
    }
}
