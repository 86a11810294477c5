using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private static readonly string[] _comparisons =
    [
        "eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan",
    ];

    private void DecodeComparison(Opcode opcode)
    {
        string type = opcode.TakeType();
        switch (opcode.Base)
        {
            case "selp":
                DecodeSelect(type);
                break;
            case "slct":
                DecodeSelectBySign(opcode, type);
                break;
            case "set":
                DecodeSet(opcode, type);
                break;
            default:
                DecodeSetPredicate(opcode, type);
                break;
        }
    }

    private void DecodeSelect(string type)
    {
        bool wide = PtxNumber.BytesOf(type) == 8;
        Emit(wide ? &Lanes.Select<ulong> : &Lanes.Select<uint>, Row(0, type), Row(1, type), Row(2, type), Predicate(Operand(3)));
    }

    private void DecodeSelectBySign(Opcode opcode, string type)
    {
        string valueType = opcode.TakeType();
        int chosen = _registers.Predicate();
        int control = Row(3, type);
        EmitCompare(opcode, "ge", type, chosen, control, Constant(0, PtxNumber.BytesOf(type)));
        bool wide = PtxNumber.BytesOf(valueType) == 8;
        Emit(wide ? &Lanes.Select<ulong> : &Lanes.Select<uint>, Row(0, valueType), Row(1, valueType), Row(2, valueType), chosen);
    }

    private void DecodeSet(Opcode opcode, string type)
    {
        string resultType = opcode.TakeType();
        opcode.Take("ftz");
        string comparison = opcode.TakeOneOf(_comparisons) ?? throw opcode.Unknown();
        int chosen = _registers.Predicate();
        EmitCompare(opcode, comparison, type, chosen, Row(1, type), Row(2, type));
        uint yes = resultType switch
        {
            "u32" or "s32" => ~0u,
            "f32" => BitConverter.SingleToUInt32Bits(1f),
            _ => throw opcode.Unknown($"type '.{resultType}'"),
        };
        Emit(&Lanes.Select<uint>, Row(0, resultType), _registers.Constant32(yes), _registers.Constant32(0), chosen);
    }

    private void DecodeSetPredicate(Opcode opcode, string type)
    {
        opcode.Take("ftz");
        string combine = opcode.TakeOneOf("and", "or", "xor") ?? "";
        string comparison = opcode.TakeOneOf(_comparisons) ?? throw opcode.Unknown("comparison");
        var target = Operand(0);
        bool pair = target.Kind == OperandKind.Pair;
        int first = Predicate(pair ? target.Items[0] : target), second = pair ? Predicate(target.Items[1]) : -1;
        int a = Row(1, type), b = Row(2, type);
        if (type == "f16x2")
        {
            DecodeHalfPairCompare(opcode, comparison, first, second, a, b, combine);
            return;
        }
        var compare = EmitCompare(opcode, comparison, type, first, a, b);
        compare.E = second;
        CombineWith(compare, combine);
    }

    private void CombineWith(Instruction compare, string combine)
    {
        if (combine.Length == 0)
        {
            return;
        }
        var other = Operand(3);
        compare.C = Predicate(other);
        compare.Immediate = combine switch { "and" => Predicates.And, "or" => Predicates.Or, _ => Predicates.Xor }
            | (other.Negated ? Predicates.NotOther : 0);
    }

    /// <summary>Compares the low halves into the first predicate and the high halves into the second.</summary>
    private void DecodeHalfPairCompare(Opcode opcode, string comparison, int first, int second, int a, int b, string combine)
    {
        if (combine.Length > 0 || second < 0)
        {
            throw opcode.Unknown("a comparison of half pairs with one result or a combination");
        }
        EmitCompare(opcode, comparison, "f16", first, a, b);
        int sixteen = _registers.Constant32(16), highA = _registers.Row32(), highB = _registers.Row32();
        Emit(&Lanes.Binary<uint, ShiftRight32>, highA, a, sixteen);
        Emit(&Lanes.Binary<uint, ShiftRight32>, highB, b, sixteen);
        EmitCompare(opcode, comparison, "f16", second, highA, highB);
    }

    private Instruction EmitCompare(Opcode opcode, string comparison, string type, int target, int a, int b)
    {
        switch (type)
        {
            case "s16":
                a = Converted(&Scalars.Map<uint, uint, SignExtend16>, a);
                b = Converted(&Scalars.Map<uint, uint, SignExtend16>, b);
                type = "s32";
                break;
            case "f16":
                a = Converted(&Lanes.Unary<uint, HalfToSingle>, a);
                b = Converted(&Lanes.Unary<uint, HalfToSingle>, b);
                type = "f32";
                break;
        }
        Handler execute = type switch
        {
            "s32" => CompareHandler<int>(opcode, comparison),
            "u32" or "b32" or "u16" or "b16" => CompareHandler<uint>(opcode, comparison),
            "s64" => CompareHandler<long>(opcode, comparison),
            "u64" or "b64" => CompareHandler<ulong>(opcode, comparison),
            "f32" => CompareHandler<float>(opcode, comparison),
            "f64" => CompareHandler<double>(opcode, comparison),
            _ => throw opcode.Unknown($"type '.{type}'"),
        };
        return Emit(execute, target, a, b);
    }

    private int Converted(Handler execute, int row)
    {
        int converted = _registers.Row32();
        Emit(execute, converted, row);
        return converted;
    }

    private static Handler CompareHandler<T>(Opcode opcode, string comparison)
        where T : unmanaged, INumber<T> => comparison switch
        {
            "eq" => &Lanes.Compare<T, Equal<T>>,
            "ne" => &Lanes.Compare<T, NotEqual<T>>,
            "lt" or "lo" => &Lanes.Compare<T, Less<T>>,
            "le" or "ls" => &Lanes.Compare<T, LessOrEqual<T>>,
            "gt" or "hi" => &Lanes.Compare<T, Greater<T>>,
            "ge" or "hs" => &Lanes.Compare<T, GreaterOrEqual<T>>,
            "equ" => &Lanes.Compare<T, Opposite<T, NotEqual<T>>>,
            "neu" => &Lanes.Compare<T, Opposite<T, Equal<T>>>,
            "ltu" => &Lanes.Compare<T, Opposite<T, GreaterOrEqual<T>>>,
            "leu" => &Lanes.Compare<T, Opposite<T, Greater<T>>>,
            "gtu" => &Lanes.Compare<T, Opposite<T, LessOrEqual<T>>>,
            "geu" => &Lanes.Compare<T, Opposite<T, Less<T>>>,
            "num" => &Lanes.Compare<T, BothNumbers<T>>,
            "nan" => &Lanes.Compare<T, Opposite<T, BothNumbers<T>>>,
            _ => throw opcode.Unknown($"comparison '.{comparison}'"),
        };
}
