namespace HandMeshEngine.Compute.Graph;

/// <summary>Where the result of an op lies.</summary>
internal enum ResultMemory
{
    /// <summary>Outside the plan: a constant, or what the caller writes.</summary>
    Given,

    /// <summary>In an operand's memory, seen through another shape or other strides.</summary>
    View,

    /// <summary>In memory of its own, one row behind the other.</summary>
    Packed,

    /// <summary>In memory of its own or inside a concatenation: kernels write rows at any pitch, and the zeros behind them.</summary>
    AnyPitch,
}
