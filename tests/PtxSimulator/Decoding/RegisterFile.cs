namespace PtxSimulator.Decoding;

/// <summary>A register of the kernel: where it lies in a warp's register file, and its declared size (0: a predicate).</summary>
internal readonly record struct Register(int Offset, int Bytes);

/// <summary>Hands out places in the register file. Constants and special registers are rows too, filled before the kernel runs.</summary>
internal sealed class RegisterFile
{
    private const int LaneCount = 32;
    private const int PredicatesAtOnce = 16;

    private readonly Dictionary<uint, int> _words = [];
    private readonly Dictionary<ulong, int> _wides = [];
    private readonly Dictionary<SpecialRegister, int> _specials = [];
    private readonly Dictionary<bool, int> _truths = [];
    private int _predicate;
    private int _predicatesLeft;

    public int Bytes { get; private set; }

    public IEnumerable<(int Offset, uint Value)> Constants32 => _words.Select(p => (p.Value, p.Key));

    public IEnumerable<(int Offset, ulong Value)> Constants64 => _wides.Select(p => (p.Value, p.Key));

    public IEnumerable<(int Offset, bool Value)> ConstantPredicates => _truths.Select(p => (p.Value, p.Key));

    public IEnumerable<(int Offset, SpecialRegister Register)> Specials => _specials.Select(p => (p.Value, p.Key));

    public int Row32() => Take(LaneCount * 4);

    public int Row64() => Take(LaneCount * 8);

    public int Predicate()
    {
        if (_predicatesLeft == 0)
        {
            _predicate = Take(PredicatesAtOnce * 4);
            _predicatesLeft = PredicatesAtOnce;
        }
        int offset = _predicate + (PredicatesAtOnce - _predicatesLeft) * 4;
        _predicatesLeft--;
        return offset;
    }

    public Register Declare(string type, int line) => type switch
    {
        "pred" => new Register(Predicate(), 0),
        _ when Parsing.PtxNumber.BytesOf(type) is int bytes and > 0 => new Register(bytes == 8 ? Row64() : Row32(), bytes),
        _ => throw new Parsing.PtxFormatException(line, $"registers of type '.{type}' are not simulated"),
    };

    public int Constant32(uint value)
    {
        if (!_words.TryGetValue(value, out int offset))
        {
            _words[value] = offset = Row32();
        }
        return offset;
    }

    public int Constant64(ulong value)
    {
        if (!_wides.TryGetValue(value, out int offset))
        {
            _wides[value] = offset = Row64();
        }
        return offset;
    }

    /// <summary>A predicate that is the same in all lanes.</summary>
    public int ConstantPredicate(bool value)
    {
        if (!_truths.TryGetValue(value, out int offset))
        {
            _truths[value] = offset = Predicate();
        }
        return offset;
    }

    public int Special(SpecialRegister register)
    {
        if (!_specials.TryGetValue(register, out int offset))
        {
            _specials[register] = offset = Row32();
        }
        return offset;
    }

    private int Take(int bytes)
    {
        int offset = Bytes;
        Bytes += bytes;
        return offset;
    }
}
