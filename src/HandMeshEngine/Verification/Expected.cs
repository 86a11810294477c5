namespace HandMeshEngine.Verification;

/// <summary>A stored tensor that a graph should reproduce.</summary>
/// <param name="Tensor">Its name in the case.</param>
/// <param name="Float32">Tolerance of float32 plans.</param>
/// <param name="Float16">Tolerance of float16 plans.</param>
internal sealed record Expected(string Tensor, Tolerance Float32, Tolerance Float16)
{
    /// <summary>The graph's output or tap; by default it has the stored tensor's name.</summary>
    public string Value { get; init; } = Tensor;

    /// <summary>Every how many-th channel of the computed map [1, C, H, W] is stored.</summary>
    public int ChannelStep { get; init; } = 1;

    /// <summary>Every how many-th row and column of the computed map [1, C, H, W] is stored.</summary>
    public int PixelStep { get; init; } = 1;

    /// <summary>Brings the stored tensor into the computed one's order.</summary>
    public Func<Tensor, Tensor> Reorder { get; init; } = static tensor => tensor;

    /// <summary>Bounds by flat index instead of the tolerance.</summary>
    public Func<int, double>? Limits { get; init; }

    /// <summary>Pixels [H, W, C] as maps [1, C, H, W].</summary>
    public static Tensor Planar(Tensor pixels)
    {
        (int height, int width, int channels) = (pixels.Shape[0], pixels.Shape[1], pixels.Shape[2]);
        var planar = new Tensor(DType.Float32, new Shape(1, channels, height, width));
        Span<float> to = planar.Span<float>();
        for (int i = 0; i < pixels.Shape.Count; i++)
        {
            to[((i % channels) * height * width) + (i / channels)] = (float)pixels[i];
        }

        return planar;
    }
}
