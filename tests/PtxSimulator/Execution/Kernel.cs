namespace PtxSimulator.Execution;

/// <summary>A kernel ready to run: decoded code and the layout of its registers, parameters and shared memory.</summary>
internal sealed class Kernel
{
    public required string Name { get; init; }

    public required PtxModule Module { get; init; }

    public required Instruction[] Code { get; init; }

    /// <summary>Size of a warp's register file: rows, then predicates.</summary>
    public required int RegisterBytes { get; init; }

    public required IReadOnlyList<(int Offset, uint Value)> Constants32 { get; init; }

    public required IReadOnlyList<(int Offset, ulong Value)> Constants64 { get; init; }

    public required IReadOnlyList<(int Offset, bool Value)> ConstantPredicates { get; init; }

    public required IReadOnlyList<(int Offset, SpecialRegister Register)> Specials { get; init; }

    public required IReadOnlyList<(int Offset, int Bytes)> Parameters { get; init; }

    public required int ParameterBytes { get; init; }

    public required int StaticSharedBytes { get; init; }

    public required int LocalBytes { get; init; }

    public required int MaxThreads { get; init; }

    /// <summary>log2 of the bytes that one record of the shared-memory checks covers: the narrowest access of the kernel, at most 4.</summary>
    public required int SharedGranuleShift { get; init; }

    /// <summary>Blocks of a kernel with global atomics run one after another, so that results do not depend on timing.</summary>
    public required bool UsesGlobalAtomics { get; init; }

    /// <summary>Where an instruction came from: <c>conv.cu:31</c> if the text carries line information, and the PTX line.</summary>
    public string Locate(PtxStatement statement)
    {
        var source = statement.Source;
        string file = source.Line > 0 ? $"{Module.Files.GetValueOrDefault(source.File, "source")}:{source.Line}, " : "";
        return $"{file}PTX line {statement.Line}: {statement.Text}";
    }
}
