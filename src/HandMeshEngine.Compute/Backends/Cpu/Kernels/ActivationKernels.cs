namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>
/// Activations are clamps (none, ReLU, clamp), slopes (leaky and parametric ReLU) or curves. Kernels apply the first two to their sums;
/// curves are applied in place after the store.
/// </summary>
internal static unsafe class ActivationKernels
{
    /// <summary>The bounds of a clamp; infinite for the other families.</summary>
    public static (float Low, float High) Clamp(Activation activation) => activation.Kind switch
    {
        ActivationKind.Relu => (0, float.PositiveInfinity),
        ActivationKind.Clamp => (activation.A, activation.B),
        _ => (float.NegativeInfinity, float.PositiveInfinity),
    };

    /// <summary>True for curves.</summary>
    public static bool IsCurved(Activation activation) =>
        activation.Kind is ActivationKind.Sigmoid or ActivationKind.HardSwish or ActivationKind.Gelu;

    /// <summary>Applies a curve in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TSimd, TVector>(ActivationKind kind, float* data, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int i = 0; i < count; i += TSimd.Width)
        {
            TVector x = Lanes<TSimd, TVector>.Load(data + i, count - i);
            TVector y = kind switch
            {
                ActivationKind.Sigmoid => Sigmoid<TSimd, TVector>(x),
                ActivationKind.HardSwish => HardSwish<TSimd, TVector>(x),
                _ => Gelu<TSimd, TVector>(x),
            };
            Lanes<TSimd, TVector>.Store(y, data + i, count - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Broadcast(1);
        return TSimd.Divide(one, TSimd.Add(one, Exponential.Exp<TSimd, TVector>(TSimd.Subtract(TSimd.Zero, x))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HardSwish<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector gate = TSimd.Min(TSimd.Broadcast(6), TSimd.Max(TSimd.Zero, TSimd.Add(x, TSimd.Broadcast(3))));
        return TSimd.Divide(TSimd.Multiply(x, gate), TSimd.Broadcast(6));
    }

    /// <summary>
    /// x/2 (1 + erf(x / sqrt 2)) with erf(z) = 1 - t P(t) exp(-z^2), t = 1/(1 + p z) for z >= 0 (Abramowitz and Stegun 7.1.26,
    /// absolute error below 1.5e-7).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gelu<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Broadcast(1);
        TVector size = TSimd.Multiply(TSimd.Max(x, TSimd.Subtract(TSimd.Zero, x)), TSimd.Broadcast(0.70710678f));
        TVector t = TSimd.Divide(one, TSimd.MultiplyAdd(TSimd.Broadcast(0.3275911f), size, one));
        TVector p = TSimd.Broadcast(1.061405429f);
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(-1.453152027f));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(1.421413741f));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(-0.284496736f));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(0.254829592f));
        TVector tail = TSimd.Multiply(
            TSimd.Multiply(p, t), Exponential.Exp<TSimd, TVector>(TSimd.Subtract(TSimd.Zero, TSimd.Multiply(size, size))));

        // gelu(x) = max(x, 0) - |x|/2 tail, as erf is odd.
        TVector half = TSimd.Multiply(TSimd.Broadcast(-0.5f), TSimd.Max(x, TSimd.Subtract(TSimd.Zero, x)));
        return TSimd.MultiplyAdd(half, tail, TSimd.Max(TSimd.Zero, x));
    }
}
