namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>
/// The operands of an epilogue with one number for each output channel. Every group of channels starts on a whole vector and is padded
/// with zeros to whole vectors.
/// </summary>
internal static unsafe class ChannelConstants
{
    /// <summary>Channels padded to whole vectors.</summary>
    public static int Padded<TSimd, TVector>(int channels)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        (channels + TSimd.Width - 1) / TSimd.Width * TSimd.Width;

    /// <summary>The bias of a node, or zeros.</summary>
    public static float* Bias<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, int groups, int channels)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        var op = (IEpilogueOp)node.Op;
        ReadOnlySpan<float> bias = op.Epilogue.Bias ? plan.Constant(node, op.Epilogue.BiasIndex(op.OwnInputs), "bias").Span<float>() : default;
        return Spread<TSimd, TVector>(plan.Constants, bias, 0, groups, channels);
    }

    /// <summary>The slopes below zero of a node's activation; null if it has none.</summary>
    public static float* Slope<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, int groups, int channels)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        var op = (IEpilogueOp)node.Op;
        Activation activation = op.Epilogue.Activation;
        return activation.Kind switch
        {
            ActivationKind.PRelu => Spread<TSimd, TVector>(
                plan.Constants, plan.Constant(node, op.Epilogue.SlopeIndex(op.OwnInputs), "slope").Span<float>(), 0, groups, channels),
            ActivationKind.LeakyRelu => Spread<TSimd, TVector>(plan.Constants, default, activation.A, groups, channels),
            _ => null,
        };
    }

    private static float* Spread<TSimd, TVector>(ConstantStore constants, ReadOnlySpan<float> values, float otherwise, int groups, int channels)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int padded = Padded<TSimd, TVector>(channels);
        float* to = constants.Floats((long)groups * padded);
        for (int i = 0; i < groups * channels && !constants.IsFilled; i++)
        {
            to[(i / channels * padded) + (i % channels)] = values.IsEmpty ? otherwise : values[i];
        }

        return to;
    }
}
