namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private void DecodeControl(Opcode opcode)
    {
        opcode.Take("uni");
        switch (opcode.Base)
        {
            case "bra":
                var branch = Emit(null);
                branch.Flow = Flow.Branch;
                _branches.Add((branch, Operand(0).Name, _scope));
                break;
            case "brx":
                opcode.Take("idx");
                var table = Emit(null, -1, Row(0, "b32"));
                table.Flow = Flow.BranchTable;
                string name = Operand(1).Name;
                _branchTables.Add((table, _scope.FindBranchTable(name) ?? throw Bad($"branch table '{name}' does not exist"), _scope));
                break;
            case "call":
                DecodeCall(opcode);
                break;
            case "ret" when _frame.Depth > 0:
                var leave = Emit(null);
                leave.Flow = Flow.Branch;
                _returns.Add((leave, _frame));
                break;
            case "trap":
                Emit(&Trap.Execute).Flow = Flow.Exit;
                break;
            default:
                Emit(null).Flow = Flow.Exit;
                break;
        }
    }

    /// <summary>Puts the body of a device function in, its parameters bound to the caller's parameter variables.</summary>
    private void DecodeCall(Opcode opcode)
    {
        var operands = _statement.Operands;
        int at = operands[0].Kind == OperandKind.List ? 1 : 0;
        var results = at == 1 ? operands[0].Items : [];
        string name = operands[at].Name;
        if (!_module.Functions.TryGetValue(name, out var function) || function.IsDeclaration)
        {
            throw opcode.Unknown($"function '{name}' has no body in this module");
        }
        var arguments = at + 1 < operands.Count ? operands[at + 1].Items : [];
        if (_frame.Depth == MaxCallDepth)
        {
            throw Bad($"calls nest deeper than {MaxCallDepth}; recursion is not simulated");
        }
        if (_statement.Guard != null)
        {
            throw opcode.Unknown("a call under a guard");
        }
        var (callerScope, callerFrame, call) = (_scope, _frame, _statement);
        var inner = new Scope(OutermostScope());
        Bind(inner, function.Returns, results);
        Bind(inner, function.Parameters, arguments);
        _scope = inner;
        _frame = new FunctionFrame(function, callerFrame.Depth + 1);
        DecodeBody(function);
        _frame.End = _code.Count;
        (_scope, _frame, _statement) = (callerScope, callerFrame, call);

        // A landing place for the function's returns, also where the call is the last statement.
        Emit(&Nothing);
    }

    private Scope OutermostScope()
    {
        var scope = _scope;
        while (scope.Outer != null)
        {
            scope = scope.Outer;
        }
        return scope;
    }

    private void Bind(Scope inner, List<PtxVariable> formals, IReadOnlyList<PtxOperand> actuals)
    {
        if (formals.Count != actuals.Count)
        {
            throw Bad("the call does not match the function's parameters");
        }
        for (int i = 0; i < formals.Count; i++)
        {
            if (!_scope.TrySymbol(actuals[i].Name, out var symbol) || symbol.Space != MemorySpace.Local)
            {
                throw Bad($"argument '{actuals[i]}' is not a .param variable");
            }
            inner.Symbols[formals[i].Name] = symbol;
        }
    }
}
