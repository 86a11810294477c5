namespace PtxSimulator.Parsing;

/// <summary>Reads a PTX text into a <see cref="PtxModule"/>. Whatever it does not know is an error naming the line.</summary>
internal sealed partial class Parser
{
    private readonly List<Token> _tokens;
    private readonly PtxModule _module = new();
    private int _at;

    private Parser(List<Token> tokens) => _tokens = tokens;

    public static PtxModule Parse(string ptx)
    {
        var parser = new Parser(Lexer.Read(ptx));
        parser.ReadModule();
        return parser._module;
    }

    private Token Peek => _tokens[_at];

    private Token Next() => _tokens[_at++];

    private bool Accept(char mark)
    {
        if (!Peek.Is(mark))
        {
            return false;
        }
        _at++;
        return true;
    }

    private void Expect(char mark)
    {
        if (!Accept(mark))
        {
            throw new PtxFormatException(Peek.Line, $"'{mark}' expected before '{Peek.Text}'");
        }
    }

    private string Word() => Peek.Kind == TokenKind.Word
        ? Next().Text
        : throw new PtxFormatException(Peek.Line, $"a name expected before '{Peek.Text}'");

    private int Number()
    {
        var token = Peek;
        return (int)(long)PtxNumber.Integer(Word(), token.Line);
    }

    private void SkipLine()
    {
        int line = Peek.Line;
        while (Peek.Kind != TokenKind.End && Peek.Line == line)
        {
            _at++;
        }
    }

    private void ReadModule()
    {
        while (Peek.Kind != TokenKind.End)
        {
            var token = Peek;
            switch (token.Text)
            {
                case ".version":
                    _at++;
                    _module.Version = Word();
                    break;
                case ".target":
                    _at++;
                    _module.Target = Word();
                    SkipLineFrom(token.Line);
                    break;
                case ".address_size":
                    _at++;
                    if (Number() != 64)
                    {
                        throw new PtxFormatException(token.Line, "only 64-bit addresses are simulated");
                    }
                    break;
                case ".file":
                    _at++;
                    int index = Number();
                    _module.Files[index] = Path.GetFileName(Next().Text);
                    SkipLineFrom(token.Line);
                    break;
                case ".section":
                    SkipSection();
                    break;
                case ".loc":
                    SkipLine();
                    break;
                default:
                    ReadDeclaration();
                    break;
            }
        }
    }

    private void SkipLineFrom(int line)
    {
        while (Peek.Kind != TokenKind.End && Peek.Line == line)
        {
            _at++;
        }
    }

    private void SkipSection()
    {
        while (Peek.Kind != TokenKind.End && !Accept('{'))
        {
            _at++;
        }
        while (Peek.Kind != TokenKind.End && !Accept('}'))
        {
            _at++;
        }
    }

    private void ReadDeclaration()
    {
        int start = _at;
        bool isExtern = false;
        while (Peek.Text is ".visible" or ".extern" or ".weak" or ".common")
        {
            isExtern |= Next().Text == ".extern";
        }
        switch (Peek.Text)
        {
            case ".entry":
            case ".func":
                ReadFunction();
                break;
            case ".global":
            case ".const":
            case ".shared":
                _module.Variables.Add(ReadVariable(isExtern));
                Expect(';');
                break;
            default:
                throw new PtxFormatException(_tokens[start].Line, $"'{Peek.Text}' is not known at module level");
        }
    }

    private void ReadFunction()
    {
        bool isEntry = Next().Text == ".entry";
        var returns = Peek.Is('(') ? ReadParameters() : [];
        var name = Peek;
        var function = new PtxFunction { Name = Word(), IsEntry = isEntry, Line = name.Line };
        function.Returns.AddRange(returns);
        if (Peek.Is('('))
        {
            function.Parameters.AddRange(ReadParameters());
        }
        while (!Peek.Is('{') && !Peek.Is(';'))
        {
            ReadFunctionDirective(function);
        }
        if (Accept(';'))
        {
            function.IsDeclaration = true;
        }
        else
        {
            ReadBody(function);
        }
        if (!function.IsDeclaration || !_module.Functions.ContainsKey(function.Name))
        {
            _module.Functions[function.Name] = function;
        }
    }

    private void ReadFunctionDirective(PtxFunction function)
    {
        var token = Next();
        switch (token.Text)
        {
            case ".maxntid":
            case ".reqntid":
                int threads = Number();
                while (Accept(','))
                {
                    threads *= Number();
                }
                function.MaxThreads = threads;
                break;
            case ".minnctapersm":
            case ".maxnctapersm":
            case ".maxnreg":
                Number();
                break;
            case ".noreturn":
                break;
            case ".pragma":
            case ".loc":
                SkipLineFrom(token.Line);
                break;
            default:
                throw new PtxFormatException(token.Line, $"function directive '{token.Text}' is not known");
        }
    }

    private List<PtxVariable> ReadParameters()
    {
        var list = new List<PtxVariable>();
        Expect('(');
        while (!Accept(')'))
        {
            list.Add(ReadVariable(false));
            Accept(',');
        }
        return list;
    }
}
