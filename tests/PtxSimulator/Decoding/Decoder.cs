using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Decoding;

/// <summary>
/// Turns a kernel's statements into instructions with handlers and register offsets. Device functions are put in at each call,
/// so running code knows no call stack. Split by instruction family over several files.
/// </summary>
internal sealed unsafe partial class Decoder
{
    private const int DynamicSharedAlignment = 128;
    private const int MaxCallDepth = 24;

    private readonly PtxModule _module;
    private readonly PtxFunction _entry;
    private readonly RegisterFile _registers = new();
    private readonly List<Instruction> _code = [];
    private readonly List<(Instruction Instruction, string Label, Scope Scope)> _branches = [];
    private readonly List<(Instruction Instruction, IReadOnlyList<string> Labels, Scope Scope)> _branchTables = [];
    private readonly List<(Instruction Instruction, FunctionFrame Frame)> _returns = [];
    private readonly List<(int Offset, int Bytes)> _parameters = [];
    private Scope _scope = new(null);
    private FunctionFrame _frame;
    private PtxStatement _statement = null!;
    private int _parameterBytes;
    private int _sharedBytes;
    private int _dynamicShared;
    private int _localBytes;
    private int _narrowestShared = 4;
    private bool _usesGlobalAtomics;

    private Decoder(PtxModule module, PtxFunction entry, IReadOnlyDictionary<string, ulong> globals)
    {
        _module = module;
        _entry = entry;
        _frame = new FunctionFrame(entry, 0);
        foreach (var variable in module.Variables)
        {
            if (variable.Space != "shared")
            {
                _scope.Symbols[variable.Name] = new Symbol(variable.Space == "const" ? MemorySpace.Const : MemorySpace.Global, globals[variable.Name]);
            }
        }
        LayOutShared();
        foreach (var parameter in entry.Parameters)
        {
            _parameterBytes = Align(_parameterBytes, parameter.Alignment);
            _parameters.Add((_parameterBytes, parameter.Bytes));
            _scope.Symbols[parameter.Name] = new Symbol(MemorySpace.Param, (ulong)_parameterBytes);
            _parameterBytes += parameter.Bytes;
        }
    }

    /// <param name="module">The parsed module.</param>
    /// <param name="entry">One of its kernels.</param>
    /// <param name="globals">Addresses of the module's global and constant variables.</param>
    /// <exception cref="PtxFormatException">Something in the kernel is not simulated.</exception>
    public static Kernel Decode(PtxModule module, PtxFunction entry, IReadOnlyDictionary<string, ulong> globals)
    {
        var decoder = new Decoder(module, entry, globals);
        decoder._scope = new Scope(decoder._scope);
        decoder.DecodeBody(entry);
        decoder._statement = new PtxStatement { Kind = StatementKind.Instruction, Line = entry.Line, Name = "exit" };
        decoder.Emit(null).Flow = Flow.Exit;
        decoder.ResolveBranches();
        return new Kernel
        {
            Name = entry.Name,
            Module = module,
            Code = [.. decoder._code],
            RegisterBytes = decoder._registers.Bytes,
            Constants32 = [.. decoder._registers.Constants32],
            Constants64 = [.. decoder._registers.Constants64],
            ConstantPredicates = [.. decoder._registers.ConstantPredicates],
            Specials = [.. decoder._registers.Specials],
            Parameters = decoder._parameters,
            ParameterBytes = decoder._parameterBytes,
            StaticSharedBytes = decoder._dynamicShared,
            LocalBytes = Align(decoder._localBytes, 16),
            MaxThreads = entry.MaxThreads,
            SharedGranuleShift = System.Numerics.BitOperations.Log2((uint)decoder._narrowestShared),
            UsesGlobalAtomics = decoder._usesGlobalAtomics,
        };
    }

    private static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    /// <summary>Static shared variables of the module and of every function body first, the dynamic array behind them.</summary>
    private void LayOutShared()
    {
        var variables = _module.Variables.Concat(_module.Functions.Values
            .Where(f => !f.IsEntry || f == _entry)
            .SelectMany(f => f.Body.Where(s => s.Variable != null).Select(s => s.Variable!)));
        var shared = variables.Where(v => v.Space == "shared").ToList();
        foreach (var variable in shared.Where(v => v.Bytes > 0))
        {
            _sharedBytes = Align(_sharedBytes, variable.Alignment);
            _scope.Symbols[variable.Name] = new Symbol(MemorySpace.Shared, (ulong)_sharedBytes);
            _sharedBytes += variable.Bytes;
        }
        _dynamicShared = Align(_sharedBytes, DynamicSharedAlignment);
        foreach (var variable in shared.Where(v => v.Bytes == 0))
        {
            _scope.Symbols[variable.Name] = new Symbol(MemorySpace.Shared, (ulong)_dynamicShared);
        }
    }

    private void DecodeBody(PtxFunction function)
    {
        string label = "";
        foreach (var statement in function.Body)
        {
            _statement = statement;
            switch (statement.Kind)
            {
                case StatementKind.OpenScope:
                    _scope = new Scope(_scope);
                    break;
                case StatementKind.CloseScope:
                    _scope = _scope.Outer!;
                    break;
                case StatementKind.Label:
                    label = statement.Name;
                    _scope.Labels[label] = _code.Count;
                    break;
                case StatementKind.BranchTargets:
                    _scope.BranchTables[label] = [.. statement.Operands.Select(o => o.Name)];
                    break;
                case StatementKind.Registers:
                    DeclareRegisters(statement);
                    break;
                case StatementKind.Variable:
                    DeclareVariable(statement.Variable!);
                    break;
                default:
                    DecodeInstruction();
                    break;
            }
        }
    }

    private void DeclareRegisters(PtxStatement statement)
    {
        foreach (var (name, count) in statement.Registers)
        {
            if (count == 0)
            {
                _scope.Registers[name] = _registers.Declare(statement.Name, statement.Line);
            }
            for (int i = 0; i < count; i++)
            {
                _scope.Registers[$"{name}{i}"] = _registers.Declare(statement.Name, statement.Line);
            }
        }
    }

    private void DeclareVariable(PtxVariable variable)
    {
        switch (variable.Space)
        {
            case "shared":
                return;
            case "local" or "param":
                _localBytes = Align(_localBytes, Math.Max(1, variable.Alignment));
                _scope.Symbols[variable.Name] = new Symbol(MemorySpace.Local, (ulong)_localBytes);
                _localBytes += variable.Bytes;
                return;
            default:
                throw new PtxFormatException(variable.Line, $"a .{variable.Space} variable inside a function is not simulated");
        }
    }

    private void ResolveBranches()
    {
        foreach (var (instruction, label, scope) in _branches)
        {
            instruction.Target = Target(instruction, label, scope);
        }
        foreach (var (instruction, labels, scope) in _branchTables)
        {
            instruction.Rows = [.. labels.Select(l => Target(instruction, l, scope))];
        }
        foreach (var (instruction, frame) in _returns)
        {
            instruction.Target = frame.End;
        }
    }

    private static int Target(Instruction instruction, string label, Scope scope) =>
        scope.FindLabel(label) ?? throw new PtxFormatException(instruction.Statement.Line, $"label '{label}' does not exist");

    /// <summary>Adds an instruction with the guard of the current statement.</summary>
    private Instruction Emit(Handler execute, int d = -1, int a = -1, int b = -1, int c = -1)
    {
        var instruction = new Instruction { Execute = execute, D = d, A = a, B = b, C = c, E = -1, Target = -1, Statement = _statement };
        if (_statement.Guard != null)
        {
            instruction.Guard = PredicateNamed(_statement.Guard);
            instruction.GuardNegated = _statement.GuardNegated;
            instruction.Flow = Flow.Guarded;
        }
        _code.Add(instruction);
        return instruction;
    }

    /// <summary>One device function put in at one call: where its <c>ret</c> goes.</summary>
    private sealed class FunctionFrame(PtxFunction function, int depth)
    {
        public PtxFunction Function { get; } = function;

        public int Depth { get; } = depth;

        public int End { get; set; } = -1;
    }
}
