namespace PtxSimulator.Parsing;

internal sealed partial class Parser
{
    private SourceLine _source;

    private void ReadBody(PtxFunction function)
    {
        Expect('{');
        _source = default;
        int depth = 0;
        while (true)
        {
            var token = Peek;
            if (token.Kind == TokenKind.End)
            {
                throw new PtxFormatException(token.Line, $"the body of '{function.Name}' is not closed");
            }
            if (Accept('{'))
            {
                depth++;
                function.Body.Add(new PtxStatement { Kind = StatementKind.OpenScope, Line = token.Line });
            }
            else if (Accept('}'))
            {
                if (depth-- == 0)
                {
                    return;
                }
                function.Body.Add(new PtxStatement { Kind = StatementKind.CloseScope, Line = token.Line });
            }
            else if (!Accept(';'))
            {
                ReadStatement(function);
            }
        }
    }

    private void ReadStatement(PtxFunction function)
    {
        var token = Peek;
        switch (token.Text)
        {
            case ".loc":
                _at++;
                int file = Number();
                _source = new SourceLine(file, Number());
                SkipLineFrom(token.Line);
                return;
            case ".pragma":
                SkipLine();
                return;
            case ".reg":
                function.Body.Add(ReadRegisters());
                return;
            case ".branchtargets":
                _at++;
                function.Body.Add(new PtxStatement { Kind = StatementKind.BranchTargets, Line = token.Line, Operands = ReadOperands() });
                return;
            case ".local" or ".shared" or ".param" or ".global" or ".const":
                var variable = ReadVariable(false);
                Expect(';');
                function.Body.Add(new PtxStatement { Kind = StatementKind.Variable, Line = token.Line, Variable = variable });
                return;
        }
        if (token.Kind == TokenKind.Word && _tokens[_at + 1].Is(':'))
        {
            _at += 2;
            function.Body.Add(new PtxStatement { Kind = StatementKind.Label, Line = token.Line, Name = token.Text });
            return;
        }
        function.Body.Add(ReadInstruction());
    }

    private PtxStatement ReadRegisters()
    {
        int line = Next().Line;
        string type = Word();
        var names = new List<(string, int)>();
        do
        {
            string name = Word();
            int count = 0;
            if (Accept('<'))
            {
                count = Number();
                Expect('>');
            }
            names.Add((name, count));
        }
        while (Accept(','));
        Expect(';');
        return new PtxStatement { Kind = StatementKind.Registers, Line = line, Name = type[1..], Registers = names };
    }

    private PtxStatement ReadInstruction()
    {
        int line = Peek.Line;
        string? guard = null;
        bool negated = false;
        if (Accept('@'))
        {
            negated = Accept('!');
            guard = Word();
        }
        var opcode = Peek;
        if (opcode.Kind != TokenKind.Word || opcode.Text[0] == '.')
        {
            throw new PtxFormatException(opcode.Line, $"an instruction expected before '{opcode.Text}'");
        }
        _at++;
        var operands = ReadOperands();
        return new PtxStatement
        {
            Kind = StatementKind.Instruction,
            Line = line,
            Source = _source,
            Name = opcode.Text,
            Guard = guard,
            GuardNegated = negated,
            Operands = operands,
        };
    }

    private List<PtxOperand> ReadOperands()
    {
        var operands = new List<PtxOperand>();
        while (!Peek.Is(';'))
        {
            operands.Add(ReadOperand());
            if (!Accept(',') && !Peek.Is(';'))
            {
                throw new PtxFormatException(Peek.Line, $"',' or ';' expected before '{Peek.Text}'");
            }
        }
        Expect(';');
        return operands;
    }

    private PtxOperand ReadOperand()
    {
        var first = ReadSimpleOperand();
        if (!Accept('|'))
        {
            return first;
        }
        return new PtxOperand { Kind = OperandKind.Pair, Items = [first, ReadSimpleOperand()] };
    }

    private PtxOperand ReadSimpleOperand()
    {
        if (Accept('{'))
        {
            return new PtxOperand { Kind = OperandKind.Vector, Items = ReadItems('}') };
        }
        if (Accept('('))
        {
            return new PtxOperand { Kind = OperandKind.List, Items = ReadItems(')') };
        }
        if (Accept('['))
        {
            return ReadAddress();
        }
        bool not = Accept('!');
        bool minus = Accept('-');
        var token = Peek;
        string word = Word();
        if (PtxNumber.IsNumber(word))
        {
            return PtxNumber.Operand(word, minus, token.Line);
        }
        if (minus)
        {
            throw new PtxFormatException(token.Line, $"a number expected behind '-', not '{word}'");
        }
        return new PtxOperand { Kind = OperandKind.Name, Name = word, Negated = not, Offset = ReadOffset() };
    }

    private List<PtxOperand> ReadItems(char end)
    {
        var items = new List<PtxOperand>();
        while (!Accept(end))
        {
            items.Add(ReadOperand());
            Accept(',');
        }
        return items;
    }

    private PtxOperand ReadAddress()
    {
        var token = Peek;
        string word = Word();
        bool number = PtxNumber.IsNumber(word);
        ulong absolute = number ? PtxNumber.Integer(word, token.Line) : 0;
        long offset = ReadOffset();
        Expect(']');
        return new PtxOperand { Kind = OperandKind.Address, Name = number ? "" : word, Bits = absolute, Offset = offset };
    }

    /// <summary>The <c>+8</c>, <c>-8</c> or <c>+-8</c> behind a name.</summary>
    private long ReadOffset()
    {
        bool plus = Accept('+');
        bool minus = Accept('-');
        if (!plus && !minus)
        {
            return 0;
        }
        int line = Peek.Line;
        long value = (long)PtxNumber.Integer(Word(), line);
        return minus ? -value : value;
    }
}
