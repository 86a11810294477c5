namespace HandMeshEngine.Cases.Ops;

/// <summary>Epilogues that several ops are tried with.</summary>
internal static class Epilogues
{
    public static Epilogue Bare => new(false, false, Activation.None);

    public static Epilogue BiasRelu => new(true, false, Activation.Relu);

    public static Activation[] Activations =>
    [
        Activation.None,
        Activation.Relu,
        Activation.LeakyRelu(0.1f),
        Activation.Relu6,
        Activation.Clamp(-0.5f, 0.75f),
        Activation.Sigmoid,
        new(ActivationKind.HardSwish),
        new(ActivationKind.Gelu),
        Activation.PRelu,
    ];

    /// <summary>The operands of an epilogue: bias, residual, slope.</summary>
    public static Value[] Operands(OpScene scene, Epilogue epilogue, int channels, params ReadOnlySpan<int> output)
    {
        var values = new List<Value>();
        if (epilogue.Bias)
        {
            values.Add(scene.Weight(0.5f, channels));
        }

        if (epilogue.Residual)
        {
            values.Add(scene.Input("residual", output));
        }

        if (epilogue.Activation.Kind == ActivationKind.PRelu)
        {
            values.Add(scene.Weight(0.3f, channels));
        }

        return [.. values];
    }
}
