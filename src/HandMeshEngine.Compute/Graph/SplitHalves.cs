namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// What an op's kernels can do with a map that is stored as two fp16 halves, value = high + low: 22 bits where tensor cores read
/// only the high half.
/// </summary>
internal enum SplitHalves
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Store one.</summary>
    Stores,

    /// <summary>Store one, and read both halves of operand 0.</summary>
    StoresAndReads,

    /// <summary>Hold operands that are all stored so, channels joined.</summary>
    Joins,
}
