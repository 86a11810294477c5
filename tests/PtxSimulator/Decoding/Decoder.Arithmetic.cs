using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private void DecodeArithmetic(Opcode opcode)
    {
        string type = opcode.TakeType();
        switch (type)
        {
            case "f32":
                DecodeSingleArithmetic(opcode);
                break;
            case "f64":
                DecodeDoubleArithmetic(opcode);
                break;
            case "f16" or "f16x2":
                DecodeHalfArithmetic(opcode, type);
                break;
            case "u16" or "s16":
                DecodeNarrowArithmetic(opcode, type);
                break;
            case "u32" or "s32":
                DecodeWordArithmetic(opcode, type);
                break;
            case "u64" or "s64":
                DecodeWideArithmetic(opcode, type);
                break;
            default:
                throw opcode.Unknown($"type '.{type}'");
        }
    }

    private void DecodeSingleArithmetic(Opcode opcode)
    {
        string rounding = opcode.TakeOneOf("rn", "rz", "rm", "rp", "approx", "full") ?? "rn";
        bool flush = opcode.Take("ftz"), saturate = opcode.Take("sat"), propagateNan = opcode.Take("NaN");
        Handler execute = (opcode.Base, rounding) switch
        {
            ("add", "rn") => &Lanes.Binary<float, Add<float>>,
            ("add", "rz") => &Scalars.Map<float, float, float, DirectedAdd<TowardZero>>,
            ("add", "rm") => &Scalars.Map<float, float, float, DirectedAdd<TowardMinus>>,
            ("add", "rp") => &Scalars.Map<float, float, float, DirectedAdd<TowardPlus>>,
            ("sub", "rn") => &Lanes.Binary<float, Subtract<float>>,
            ("sub", "rz") => &Scalars.Map<float, float, float, DirectedSubtract<TowardZero>>,
            ("sub", "rm") => &Scalars.Map<float, float, float, DirectedSubtract<TowardMinus>>,
            ("sub", "rp") => &Scalars.Map<float, float, float, DirectedSubtract<TowardPlus>>,
            ("mul", "rn") => &Lanes.Binary<float, Multiply<float>>,
            ("mul", "rz") => &Scalars.Map<float, float, float, DirectedMultiply<TowardZero>>,
            ("mul", "rm") => &Scalars.Map<float, float, float, DirectedMultiply<TowardMinus>>,
            ("mul", "rp") => &Scalars.Map<float, float, float, DirectedMultiply<TowardPlus>>,
            ("fma" or "mad", "rn") => &Lanes.Ternary<float, Fma32>,
            ("fma" or "mad", "rz") => &Scalars.Map<float, float, float, float, DirectedFma<TowardZero>>,
            ("fma" or "mad", "rm") => &Scalars.Map<float, float, float, float, DirectedFma<TowardMinus>>,
            ("fma" or "mad", "rp") => &Scalars.Map<float, float, float, float, DirectedFma<TowardPlus>>,
            ("div", "rn" or "approx" or "full") => &Lanes.Binary<float, Divide<float>>,
            ("min", "rn") when propagateNan => &Lanes.Binary<float, Min<float>>,
            ("max", "rn") when propagateNan => &Lanes.Binary<float, Max<float>>,
            ("min", "rn") => &Lanes.Binary<float, MinNumber<float>>,
            ("max", "rn") => &Lanes.Binary<float, MaxNumber<float>>,
            ("neg", "rn") => &Lanes.Unary<float, NegateBits32>,
            ("abs", "rn") => &Lanes.Unary<float, Absolute<float>>,
            _ => throw opcode.Unknown("rounding"),
        };
        int sources = opcode.Base switch { "neg" or "abs" => 1, "fma" or "mad" => 3, _ => 2 };
        EmitSingle(execute, sources, flush, saturate);
    }

    private void DecodeDoubleArithmetic(Opcode opcode)
    {
        opcode.Take("rn");
        Handler execute = opcode.Base switch
        {
            "add" => &Lanes.Binary<double, Add<double>>,
            "sub" => &Lanes.Binary<double, Subtract<double>>,
            "mul" => &Lanes.Binary<double, Multiply<double>>,
            "fma" or "mad" => &Lanes.Ternary<double, Fma64>,
            "div" => &Lanes.Binary<double, Divide<double>>,
            "min" => &Lanes.Binary<double, MinNumber<double>>,
            "max" => &Lanes.Binary<double, MaxNumber<double>>,
            "neg" => &Lanes.Unary<double, NegateBits64>,
            "abs" => &Lanes.Unary<double, Absolute<double>>,
            _ => throw opcode.Unknown(),
        };
        EmitRows(execute, "f64");
    }

    private void DecodeHalfArithmetic(Opcode opcode, string type)
    {
        opcode.Take("rn");
        opcode.Take("ftz");
        bool saturate = opcode.Take("sat"), relu = opcode.Take("relu");
        bool pair = type == "f16x2";
        Handler execute = opcode.Base switch
        {
            "add" => pair ? &Scalars.Map<uint, uint, uint, HalfPairMap2<HalfAdd>> : &Scalars.Map<uint, uint, uint, HalfMap2<HalfAdd>>,
            "sub" => pair ? &Scalars.Map<uint, uint, uint, HalfPairMap2<HalfSubtract>> : &Scalars.Map<uint, uint, uint, HalfMap2<HalfSubtract>>,
            "mul" => pair ? &Scalars.Map<uint, uint, uint, HalfPairMap2<HalfMultiply>> : &Scalars.Map<uint, uint, uint, HalfMap2<HalfMultiply>>,
            "min" => pair ? &Scalars.Map<uint, uint, uint, HalfPairMap2<HalfMin>> : &Scalars.Map<uint, uint, uint, HalfMap2<HalfMin>>,
            "max" => pair ? &Scalars.Map<uint, uint, uint, HalfPairMap2<HalfMax>> : &Scalars.Map<uint, uint, uint, HalfMap2<HalfMax>>,
            "neg" => pair ? &Scalars.Map<uint, uint, HalfPairMap<HalfNegate>> : &Scalars.Map<uint, uint, HalfMap<HalfNegate>>,
            "abs" => pair ? &Scalars.Map<uint, uint, HalfPairMap<HalfAbsolute>> : &Scalars.Map<uint, uint, HalfMap<HalfAbsolute>>,
            "fma" when relu => pair ? &Scalars.Map<uint, uint, uint, uint, HalfPairMap3<HalfFmaRelu>> : &Scalars.Map<uint, uint, uint, uint, HalfMap3<HalfFmaRelu>>,
            "fma" => pair ? &Scalars.Map<uint, uint, uint, uint, HalfPairMap3<HalfFma>> : &Scalars.Map<uint, uint, uint, uint, HalfMap3<HalfFma>>,
            _ => throw opcode.Unknown(),
        };
        int target = EmitRows(execute, type);
        if (saturate)
        {
            Emit(pair ? &Scalars.Map<uint, uint, HalfPairMap<HalfSaturate>> : &Scalars.Map<uint, uint, HalfMap<HalfSaturate>>, target, target);
        }
    }

    private void DecodeNarrowArithmetic(Opcode opcode, string type)
    {
        bool signed = type == "s16";
        string part = opcode.TakeOneOf("lo", "hi", "wide") ?? "lo";
        if (part == "wide")
        {
            DecodeNarrowWide(opcode, type, signed);
            return;
        }
        Handler execute = (opcode.Base, part) switch
        {
            ("add", _) => &Scalars.Map<uint, uint, uint, Narrow<ushort, AddInteger<ushort>>>,
            ("sub", _) => &Scalars.Map<uint, uint, uint, Narrow<ushort, SubtractInteger<ushort>>>,
            ("mul", "lo") => &Scalars.Map<uint, uint, uint, Narrow<ushort, MultiplyInteger<ushort>>>,
            ("mul", _) => signed ? &Scalars.Map<uint, uint, uint, Narrow<short, MultiplyHigh16<short>>> : &Scalars.Map<uint, uint, uint, Narrow<ushort, MultiplyHigh16<ushort>>>,
            ("mad", "lo") => &Scalars.Map<uint, uint, uint, uint, Narrow3<ushort, MultiplyAddInteger<ushort>>>,
            ("div", _) => signed ? &Scalars.Map<uint, uint, uint, Narrow<short, DivideInteger<short>>> : &Scalars.Map<uint, uint, uint, Narrow<ushort, DivideInteger<ushort>>>,
            ("rem", _) => signed ? &Scalars.Map<uint, uint, uint, Narrow<short, Remainder<short>>> : &Scalars.Map<uint, uint, uint, Narrow<ushort, Remainder<ushort>>>,
            ("min", _) => signed ? &Scalars.Map<uint, uint, uint, Narrow<short, MinInteger<short>>> : &Scalars.Map<uint, uint, uint, Narrow<ushort, MinInteger<ushort>>>,
            ("max", _) => signed ? &Scalars.Map<uint, uint, uint, Narrow<short, MaxInteger<short>>> : &Scalars.Map<uint, uint, uint, Narrow<ushort, MaxInteger<ushort>>>,
            ("neg", _) => &Scalars.Map<uint, uint, Negate16>,
            ("abs", _) => &Scalars.Map<uint, uint, Absolute16>,
            _ => throw opcode.Unknown(),
        };
        EmitRows(execute, type);
    }

    /// <summary><c>mul.wide.u16</c> and <c>mad.wide.u16</c>: 16-bit factors, 32-bit result.</summary>
    private void DecodeNarrowWide(Opcode opcode, string type, bool signed)
    {
        int target = Row(0, "b32"), a = Row(1, type), b = Row(2, type);
        Handler product = signed ? &Scalars.Map<uint, uint, uint, MultiplyWide16S> : &Scalars.Map<uint, uint, uint, MultiplyWide16U>;
        if (opcode.Base == "mul")
        {
            Emit(product, target, a, b);
            return;
        }
        int between = _registers.Row32(), addend = Row(3, "b32");
        Emit(product, between, a, b);
        Emit(&Lanes.Binary<uint, Add<uint>>, target, between, addend);
    }

    private void DecodeWordArithmetic(Opcode opcode, string type)
    {
        bool signed = type == "s32", saturate = opcode.Take("sat");
        string part = opcode.TakeOneOf("lo", "hi", "wide") ?? "lo";
        if (part == "wide")
        {
            Handler wide = opcode.Base == "mul"
                ? (signed ? &WideProducts.Multiply<WidenSigned> : &WideProducts.Multiply<WidenUnsigned>)
                : (signed ? &WideProducts.MultiplyAdd<WidenSigned> : &WideProducts.MultiplyAdd<WidenUnsigned>);
            Emit(wide, Row(0, "b64"), Row(1, type), Row(2, type), opcode.Base == "mad" ? Row(3, "b64") : -1);
            return;
        }
        Handler execute = (opcode.Base, part) switch
        {
            ("add", _) when saturate => &Scalars.Map<int, int, int, AddSaturated>,
            ("sub", _) when saturate => &Scalars.Map<int, int, int, SubtractSaturated>,
            (_, _) when saturate => throw opcode.Unknown("modifier '.sat'"),
            ("add", _) => &Lanes.Binary<uint, Add<uint>>,
            ("sub", _) => &Lanes.Binary<uint, Subtract<uint>>,
            ("mul", "lo") => &Lanes.Binary<uint, Multiply<uint>>,
            ("mul", _) => signed ? &Lanes.Binary<int, MultiplyHigh32S> : &Lanes.Binary<uint, MultiplyHigh32U>,
            ("mad", "lo") => &Lanes.Ternary<uint, MultiplyAdd<uint>>,
            ("mad", _) => signed ? &Lanes.Ternary<int, MultiplyHigh32S> : &Lanes.Ternary<uint, MultiplyHigh32U>,
            ("mul24", "lo") => signed ? &Scalars.Map<int, int, int, Multiply24S> : &Scalars.Map<uint, uint, uint, Multiply24U>,
            ("mad24", "lo") => signed ? &Scalars.Map<int, int, int, int, Multiply24AddS> : &Scalars.Map<uint, uint, uint, uint, Multiply24AddU>,
            ("sad", _) => signed ? &Scalars.Map<int, int, int, int, SumOfDifference32S> : &Scalars.Map<uint, uint, uint, uint, SumOfDifference32U>,
            ("div", _) => signed ? &Scalars.Map<int, int, int, DivideInteger<int>> : &Scalars.Map<uint, uint, uint, DivideInteger<uint>>,
            ("rem", _) => signed ? &Scalars.Map<int, int, int, Remainder<int>> : &Scalars.Map<uint, uint, uint, Remainder<uint>>,
            ("min", _) => signed ? &Lanes.Binary<int, Min<int>> : &Lanes.Binary<uint, Min<uint>>,
            ("max", _) => signed ? &Lanes.Binary<int, Max<int>> : &Lanes.Binary<uint, Max<uint>>,
            ("neg", _) => &Lanes.Unary<int, Negate<int>>,
            ("abs", _) => &Lanes.Unary<int, Absolute<int>>,
            _ => throw opcode.Unknown(),
        };
        EmitRows(execute, type);
    }

    private void DecodeWideArithmetic(Opcode opcode, string type)
    {
        bool signed = type == "s64";
        string part = opcode.TakeOneOf("lo", "hi") ?? "lo";
        Handler execute = (opcode.Base, part) switch
        {
            ("add", _) => &Lanes.Binary<ulong, Add<ulong>>,
            ("sub", _) => &Lanes.Binary<ulong, Subtract<ulong>>,
            ("mul", "lo") => &Lanes.Binary<ulong, Multiply<ulong>>,
            ("mul", _) => signed ? &Scalars.Map<long, long, long, MultiplyHigh64S> : &Scalars.Map<ulong, ulong, ulong, MultiplyHigh64U>,
            ("mad", "lo") => &Lanes.Ternary<ulong, MultiplyAdd<ulong>>,
            ("mad", _) => signed ? &Scalars.Map<long, long, long, long, MultiplyHighAdd<long, MultiplyHigh64S>> : &Scalars.Map<ulong, ulong, ulong, ulong, MultiplyHighAdd<ulong, MultiplyHigh64U>>,
            ("div", _) => signed ? &Scalars.Map<long, long, long, DivideInteger<long>> : &Scalars.Map<ulong, ulong, ulong, DivideInteger<ulong>>,
            ("rem", _) => signed ? &Scalars.Map<long, long, long, Remainder<long>> : &Scalars.Map<ulong, ulong, ulong, Remainder<ulong>>,
            ("min", _) => signed ? &Lanes.Binary<long, Min<long>> : &Lanes.Binary<ulong, Min<ulong>>,
            ("max", _) => signed ? &Lanes.Binary<long, Max<long>> : &Lanes.Binary<ulong, Max<ulong>>,
            ("neg", _) => &Lanes.Unary<long, Negate<long>>,
            ("abs", _) => &Lanes.Unary<long, Absolute<long>>,
            _ => throw opcode.Unknown(),
        };
        EmitRows(execute, type);
    }

    /// <summary>Emits an instruction all of whose operands have one type; returns the destination row.</summary>
    private int EmitRows(Handler execute, string type)
    {
        int count = _statement.Operands.Count;
        int target = Row(0, type);
        Emit(execute, target, Row(1, type), count > 2 ? Row(2, type) : -1, count > 3 ? Row(3, type) : -1);
        return target;
    }
}
