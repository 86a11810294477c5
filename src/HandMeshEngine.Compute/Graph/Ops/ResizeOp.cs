namespace HandMeshEngine.Compute.Graph;

/// <summary>How a <see cref="ResizeOp"/> reads between pixels.</summary>
public enum ResizeMode
{
    /// <summary>out[i] = in[floor(i in / out)].</summary>
    Nearest,

    /// <summary>source = (i + 0.5) in/out - 0.5, taps clamped to the map (align_corners = false).</summary>
    Bilinear,

    /// <summary>source = i (in - 1)/(out - 1) (align_corners = true).</summary>
    BilinearAlignCorners,
}

/// <summary>Resamples a map to another size: [N, C, H, W] -> [N, C, Height, Width].</summary>
public sealed record ResizeOp(ResizeMode Mode, int Height, int Width) : Op("resize")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Either, SplitHalves.StoresAndReads, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: true, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 4);
        Require(Height > 0 && Width > 0, $"empty target {Height}x{Width}");
        return TensorType.Float(inputs[0].Shape[0], inputs[0].Shape[1], Height, Width);
    }

    /// <inheritdoc/>
    public override string Describe() => $"{Mode.ToString().ToLowerInvariant()} {Height}x{Width}";
}

public sealed partial class GraphBuilder
{
    /// <summary>Bilinear resize, half-pixel centres (align_corners = false) unless asked otherwise.</summary>
    public Value Resize(Value x, int height, int width, ResizeMode mode = ResizeMode.Bilinear) =>
        Add(new ResizeOp(mode, height, width), x);
}
