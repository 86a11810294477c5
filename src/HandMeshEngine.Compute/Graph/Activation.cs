using System.Globalization;

namespace HandMeshEngine.Compute.Graph;

/// <summary>The element-wise functions that can follow another op.</summary>
public enum ActivationKind
{
    /// <summary>x.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x for x > 0, else A x.</summary>
    LeakyRelu,

    /// <summary>min(max(x, A), B); relu6 is Clamp(0, 6).</summary>
    Clamp,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x clamp(x + 3, 0, 6) / 6.</summary>
    HardSwish,

    /// <summary>x/2 (1 + erf(x / sqrt 2)).</summary>
    Gelu,

    /// <summary>x for x > 0, else slope[c] x with one slope per channel (an extra input of the op).</summary>
    PRelu,
}

/// <summary>An element-wise function with its constants; fused into the op that carries it.</summary>
/// <param name="Kind">Which function.</param>
/// <param name="A">Slope of LeakyRelu, or lower bound of Clamp.</param>
/// <param name="B">Upper bound of Clamp.</param>
public readonly record struct Activation(ActivationKind Kind, float A = 0, float B = 0)
{
    /// <summary>The identity.</summary>
    public static Activation None => default;

    /// <summary>max(x, 0).</summary>
    public static Activation Relu => new(ActivationKind.Relu);

    /// <summary>min(max(x, 0), 6).</summary>
    public static Activation Relu6 => Clamp(0, 6);

    /// <summary>The logistic function.</summary>
    public static Activation Sigmoid => new(ActivationKind.Sigmoid);

    /// <summary>Per-channel parametric ReLU; the op takes the slopes as its last input.</summary>
    public static Activation PRelu => new(ActivationKind.PRelu);

    /// <summary>x for x > 0, else <paramref name="slope"/> x.</summary>
    public static Activation LeakyRelu(float slope) => new(ActivationKind.LeakyRelu, slope);

    /// <summary>min(max(x, low), high).</summary>
    public static Activation Clamp(float low, float high) => new(ActivationKind.Clamp, low, high);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ActivationKind.LeakyRelu => string.Create(CultureInfo.InvariantCulture, $"leakyrelu({A})"),
        ActivationKind.Clamp => string.Create(CultureInfo.InvariantCulture, $"clamp({A},{B})"),
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
