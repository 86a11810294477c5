namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// The machine code of a plan: one function for each description that its steps ask for, in one piece of memory that is made when the plan is
/// complete. Sessions of equal plans share it.
/// </summary>
internal sealed class MachineCode(bool refuses = false) : IDisposable
{
    // A function begins on a cache line.
    private const int Alignment = 64;

    private readonly Dictionary<object, MachineFunction> _functions = [];
    private readonly Assembler _assembler = new();
    private readonly List<(MachineFunction Function, int Offset)> _pending = [];
    private ExecutableMemory? _memory;

    /// <summary>Bytes of code.</summary>
    public int Bytes { get; private set; }

    /// <summary>Functions that differ.</summary>
    public int Functions => _functions.Count;

    /// <summary>The function of a description, written on first use; it can be called once the code is complete.</summary>
    /// <exception cref="InvalidOperationException">The code is complete and has no such function.</exception>
    public MachineFunction Function(object description, Action<Assembler> write)
    {
        if (_functions.TryGetValue(description, out MachineFunction? known))
        {
            return known;
        }

        if (_memory is not null)
        {
            throw new InvalidOperationException($"the code of an equal plan has no {description}");
        }

        var function = new MachineFunction();
        _assembler.Align(Alignment);
        _pending.Add((function, _assembler.Length));
        write(_assembler);
        _functions.Add(description, function);
        return function;
    }

    /// <summary>Makes what was written callable. Does nothing if it is, or if nothing was written.</summary>
    /// <exception cref="NotSupportedException">The system lets no memory become executable.</exception>
    public void Complete()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        byte[] code = _assembler.ToArray();
        _memory = ExecutableMemory.TryCreate(code, refuses)
            ?? throw new NotSupportedException("this system lets no program make code while it runs, which bf16 on the CPU needs; use fp32");
        Bytes = code.Length;
        foreach ((MachineFunction function, int offset) in _pending)
        {
            function.Address = _memory.Start + offset;
        }

        _pending.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _memory?.Dispose();
}
