using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Cases.Ops;

/// <summary>The cases of every op, sizes deliberately odd.</summary>
public static partial class OpCases
{
    /// <summary>All cases in a fixed order.</summary>
    public static IReadOnlyList<OpCase> All { get; } =
    [
        .. Convolutions(),
        .. Depthwise(),
        .. Separables(),
        .. Chains(),
        .. Products(),
        .. Pools(),
        .. Resamplings(),
        .. Warps(),
        .. Reductions(),
        .. Rows(),
        .. Meshes(),
        .. Elements(),
        .. Movements(),
        .. Compositions(),
    ];

    /// <summary>The case with this name.</summary>
    public static OpCase Named(string name) => All.First(item => item.Name == name);

    private static Activation[] EveryActivation =>
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
    private static Value[] EpilogueOperands(OpScene scene, Epilogue epilogue, int channels, params ReadOnlySpan<int> output)
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
