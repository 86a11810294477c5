namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>One picture of a source, not yet decoded.</summary>
/// <param name="Index">Its number in the source, from 0; a shard keeps the numbers of the whole.</param>
/// <param name="File">Its name in messages and lines.</param>
/// <param name="Name">What its result files are called, without ending.</param>
/// <param name="Load">Its pixels, upright, valid until the next call.</param>
internal sealed record SourceFrame(int Index, string File, string Name, Func<RgbImage> Load)
{
    /// <summary>Its file, if it has one of its own.</summary>
    public string? Path { get; init; }

    /// <summary>Time stamp, seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>What is known of this picture's hand; null leaves what was said for all.</summary>
    public PredictOptions? Known { get; init; }

    /// <summary>This picture's own camera by its size; null leaves what was said for all.</summary>
    public Func<int, int, Camera?>? Camera { get; init; }
}
