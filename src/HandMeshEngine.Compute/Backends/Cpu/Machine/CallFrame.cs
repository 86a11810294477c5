namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// What surrounds a function that takes one pointer: it saves the registers that belong to its caller, keeps numbers on the stack, and
/// returns. The calling conventions are those of System V and of Windows.
/// </summary>
internal sealed class CallFrame
{
    private const int SavedVectors = 10, FirstSavedVector = 6, VectorBytes = 16;

    private readonly Assembler _code;
    private readonly bool _isWindows;
    private readonly Gpr[] _saved;
    private readonly int _bytes;

    /// <summary>Writes the beginning; <see cref="End"/> writes the end.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="registers">General registers that the function uses.</param>
    /// <param name="slots">Numbers of 8 bytes that it keeps.</param>
    /// <param name="isWindows">The convention.</param>
    public CallFrame(Assembler code, int registers, int slots, bool isWindows)
    {
        _code = code;
        _isWindows = isWindows;
        Gpr[] kept = isWindows
            ? [Gpr.Rbx, Gpr.Rbp, Gpr.Rdi, Gpr.Rsi, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15]
            : [Gpr.Rbx, Gpr.Rbp, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15];
        _saved = [.. Registers.Take(registers).Where(kept.Contains)];
        int bytes = 8 * slots;
        int vectors = isWindows ? SavedVectors * VectorBytes : 0;
        _bytes = bytes + vectors;
        foreach (Gpr register in _saved)
        {
            code.Push(register);
        }

        code.Sub(Gpr.Rsp, _bytes);
        for (int i = 0; i < (isWindows ? SavedVectors : 0); i++)
        {
            code.Vmovups(SavedPlace(i), Vec.Xmm(FirstSavedVector + i));
        }
    }

    /// <summary>All general registers but rsp, those first that a function need not save.</summary>
    public static IReadOnlyList<Gpr> Registers { get; } =
    [
        Gpr.Rax, Gpr.Rcx, Gpr.Rdx, Gpr.R8, Gpr.R9, Gpr.R10, Gpr.R11, Gpr.Rsi, Gpr.Rdi, Gpr.Rbx, Gpr.Rbp, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15,
    ];

    /// <summary>The register that holds the argument at the start.</summary>
    public Gpr Argument => _isWindows ? Gpr.Rcx : Gpr.Rdi;

    /// <summary>The place of a number on the stack.</summary>
    public static Address Slot(int slot) => new(Gpr.Rsp, 8 * slot);

    /// <summary>Restores what was saved, and returns.</summary>
    public void End()
    {
        for (int i = 0; i < (_isWindows ? SavedVectors : 0); i++)
        {
            _code.Vmovups(Vec.Xmm(FirstSavedVector + i), SavedPlace(i));
        }

        _code.Vzeroupper();
        _code.Add(Gpr.Rsp, _bytes);
        foreach (Gpr register in _saved.Reverse())
        {
            _code.Pop(register);
        }

        _code.Ret();
    }

    private Address SavedPlace(int i) => new(Gpr.Rsp, _bytes - ((SavedVectors - i) * VectorBytes));
}
