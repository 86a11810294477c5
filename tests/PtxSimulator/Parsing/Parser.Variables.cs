namespace PtxSimulator.Parsing;

internal sealed partial class Parser
{
    /// <summary>Reads <c>.space [.align n] .type name[[count]] [= initializer]</c> up to, not including, what closes it.</summary>
    private PtxVariable ReadVariable(bool isExtern)
    {
        var first = Peek;
        string space = Word()[1..];
        int alignment = 0, elementBytes = 0, lanes = 1;
        bool describesPointee = false;
        while (Peek.Kind == TokenKind.Word && Peek.Text[0] == '.')
        {
            string word = Next().Text;
            switch (word)
            {
                case ".align":
                    alignment = describesPointee ? SkipNumber(alignment) : Number();
                    break;
                case ".v2":
                    lanes = 2;
                    break;
                case ".v4":
                    lanes = 4;
                    break;
                case ".ptr":
                    describesPointee = true;
                    break;
                case ".global" or ".const" or ".shared" or ".local" or ".param":
                    break;
                case ".managed":
                    throw new PtxFormatException(first.Line, "managed variables are not simulated");
                default:
                    elementBytes = PtxNumber.BytesOf(word[1..]);
                    if (elementBytes == 0)
                    {
                        throw new PtxFormatException(first.Line, $"variable type '{word}' is not simulated");
                    }
                    break;
            }
        }
        var variable = new PtxVariable
        {
            Name = Word(),
            Space = space,
            Line = first.Line,
            IsExtern = isExtern,
            ElementBytes = elementBytes,
            Alignment = Math.Max(alignment, elementBytes * lanes),
            Bytes = elementBytes * lanes,
        };
        while (Accept('['))
        {
            variable.Bytes *= Peek.Is(']') ? 0 : Number();
            Expect(']');
        }
        if (alignment != 0)
        {
            variable.Alignment = alignment;
        }
        if (Accept('='))
        {
            ReadInitializer(variable);
        }
        return variable;
    }

    private int SkipNumber(int keep)
    {
        Number();
        return keep;
    }

    private void ReadInitializer(PtxVariable variable)
    {
        if (Accept('{'))
        {
            while (!Accept('}'))
            {
                ReadInitializer(variable);
                Accept(',');
            }
            return;
        }
        var token = Peek;
        if (token.Is("generic"))
        {
            _at++;
            Expect('(');
            variable.Initializers.Add(ReadSymbolInitializer());
            Expect(')');
            return;
        }
        bool minus = Accept('-');
        if (PtxNumber.IsNumber(Peek.Text))
        {
            variable.Initializers.Add(new PtxInitializer(PtxNumber.Operand(Word(), minus, token.Line).Bits, null));
            return;
        }
        variable.Initializers.Add(ReadSymbolInitializer());
    }

    private PtxInitializer ReadSymbolInitializer()
    {
        string name = Word();
        return new PtxInitializer((ulong)ReadOffset(), name);
    }
}
