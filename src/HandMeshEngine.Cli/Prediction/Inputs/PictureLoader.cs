using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>Pictures as pixels, turned as the user asked. Its buffers are kept for the next picture; not thread-safe.</summary>
internal sealed class PictureLoader(PictureOptions options)
{
    private readonly ImageFileDecoder _decoder = new() { StretchGray16 = options.Stretch };
    private readonly RgbImage _turned = new(1, 1);

    /// <summary>How pictures are turned.</summary>
    public FrameOrientation Orientation => options.Orientation;

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="ImageException">The file is missing or not a picture that can be read.</exception>
    public RgbImage Load(string path)
    {
        RgbImage image = _decoder.Load(path);
        return options.IsStrict && image.Info.Notes is [var note, ..] ? throw new ImageException($"{path}: {note}; --strict refuses it") : Turn(image);
    }

    /// <summary>Decodes a file in memory.</summary>
    /// <exception cref="ImageException">This is not a picture that can be read.</exception>
    public RgbImage Decode(ReadOnlyMemory<byte> file)
    {
        RgbImage image = _decoder.Decode(file);
        return options.IsStrict && image.Info.Notes is [var note, ..] ? throw new ImageException($"{note}; --strict refuses it") : Turn(image);
    }

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
