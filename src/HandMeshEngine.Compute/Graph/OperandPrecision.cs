namespace HandMeshEngine.Compute.Graph;

/// <summary>The precisions in which an op's kernels read their operands in a plan in fp16.</summary>
internal enum OperandPrecision
{
    /// <summary>The plan's; an operand of the other one is converted first.</summary>
    Plan,

    /// <summary>Fp16 or float32, whichever the operand has.</summary>
    Either,

    /// <summary>Operand 0 in fp16 by tensor cores, the others in either.</summary>
    TensorCores,
}
