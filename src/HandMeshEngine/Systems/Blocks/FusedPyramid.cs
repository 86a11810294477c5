namespace HandMeshEngine.Systems.Blocks;

/// <summary>
/// pixelaligned's hourglass and fusion, equation (1) (docs/systems/pixelaligned.md 3.2): Q_s = 1x1 convolution of cat(F_s, H_s), and samples of it at
/// points (equation 2).
/// </summary>
internal sealed class FusedPyramid
{
    private readonly (Value F, Value H)[] _maps; // s = 1 first

    private FusedPyramid((Value F, Value H)[] maps)
    {
        _maps = maps;
    }

    /// <summary>H_4 from F_4, then level by level H_s from cat(resized H_(s+1), F_s).</summary>
    public static FusedPyramid Build(GraphBuilder g, Value[] f)
    {
        using GraphBuilder.Scope stage = g.Stage("extractor");
        var maps = new (Value F, Value H)[f.Length];
        Value? above = null;
        for (int s = f.Length; s >= 1; s--)
        {
            Value x = f[s - 1];
            Value h = ConvBlock.Apply(g, above is { } coarse ? ConvBlock.JoinAtSizeOf(g, coarse, x) : x, $"extractor.h{s}");
            maps[s - 1] = (x, h);
            above = h;
        }

        return new FusedPyramid(maps);
    }

    /// <summary>
    /// G = sample(Q_s, point): bilinear, pixel areas (align_corners = false), positions clamped to the map: [N, V, C]. Q_s is linear,
    /// so where there are at most half as many points as pixels it is applied to the samples and not to the map.
    /// </summary>
    public Value Sample(GraphBuilder g, int s, Value point)
    {
        (Value f, Value h) = _maps[s - 1];
        Shape map = g.ShapeOf(f);
        string layer = $"extractor.q{s}";
        Value q = g.Tap($"q{s}", g.Conv2d(g.Concat(1, f, h), $"{layer}.weight", $"{layer}.bias")); // else only observed
        if (2 * g.ShapeOf(point)[1] > map[2] * map[3])
        {
            return Sample(g, q, point);
        }

        Shape weight = g.Weight($"{layer}.weight").Shape;
        Value matrix = g.Reshape(g.Parameter($"{layer}.weight"), weight[0], weight[1]);
        return g.Linear(g.Concat(2, Sample(g, f, point), Sample(g, h, point)), matrix, g.Parameter($"{layer}.bias"));
    }

    /// <summary>Samples of a square map at points in -1..1, the outer edges of the map.</summary>
    public static Value Sample(GraphBuilder g, Value map, Value point)
    {
        using GraphBuilder.Scope positions = g.FullPrecision();
        int size = g.ShapeOf(map)[2];
        return g.GridSample(map, g.Scale(point, size / 2f, (size - 1) / 2f), SampleBorder.Clamp);
    }
}
