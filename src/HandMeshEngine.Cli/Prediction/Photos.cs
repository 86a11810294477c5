using System.Diagnostics;
using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>The pictures of one command, decoded in order; the first while the networks are still being opened.</summary>
internal sealed class Photos
{
    private readonly ImageFileDecoder _decoder = new();
    private Task<(RgbImage Image, double Milliseconds)>? _first;

    public Photos(IReadOnlyList<string> files)
    {
        Files = files;
        if (files.Count > 0)
        {
            _first = Task.Run(() => Load(files[0]));
        }
    }

    /// <summary>Paths, in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The next picture, whose path this is, and how long decoding took; valid until the next call.</summary>
    /// <exception cref="ImageException">The file is missing or not a picture that can be read.</exception>
    public (RgbImage Image, double Milliseconds) Decode(string file)
    {
        if (_first is { } first)
        {
            _first = null;
            return first.GetAwaiter().GetResult();
        }

        return Load(file);
    }

    private (RgbImage Image, double Milliseconds) Load(string file)
    {
        long start = Stopwatch.GetTimestamp();
        return (_decoder.Load(file), Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
