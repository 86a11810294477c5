namespace HandMeshEngine.Compute.Graph;

/// <summary>What a planner must know of an op beyond its arithmetic. An op answers every question, so none is forgotten.</summary>
/// <param name="Memory">Where the result lies.</param>
/// <param name="Reads">The precisions in which the kernels read operands.</param>
/// <param name="SplitHalves">What the kernels can do with maps that are stored as high and low fp16 halves.</param>
/// <param name="MovesOnly">Every number of the result is one of an operand, or zero.</param>
/// <param name="AlwaysFloat32">The result is float32 in plans of any precision: a position, an index or a depth.</param>
/// <param name="FusesSumAndAffine">The kernel's store can add a value and write a second, affine version of the result.</param>
/// <param name="IsBFloat16Product">A product whose operands a plan in bf16 rounds, where the model lets it.</param>
internal readonly record struct OpTraits(
    ResultMemory Memory,
    OperandPrecision Reads,
    SplitHalves SplitHalves,
    bool MovesOnly,
    bool AlwaysFloat32,
    bool FusesSumAndAffine,
    bool IsBFloat16Product);
