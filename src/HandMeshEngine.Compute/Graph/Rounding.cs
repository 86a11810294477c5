namespace HandMeshEngine.Compute.Graph;

/// <summary>What of a node a plan in fp16 may round.</summary>
public enum Rounding
{
    /// <summary>Operands and result.</summary>
    Everywhere,

    /// <summary>Operands and result, but not its weights: as two halves each, they cost a second product.</summary>
    Activations,

    /// <summary>The operands of its product; the result keeps float32 for readers that can use it, such as the next sum of a residual stream.</summary>
    Operands,

    /// <summary>Nothing: float32 whatever the plan's precision.</summary>
    Nowhere,
}
