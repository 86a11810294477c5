using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    /// <summary>Roots, powers and their like. The approximate forms are computed exactly, or nearly so.</summary>
    private void DecodeFunction(Opcode opcode)
    {
        string type = opcode.TakeType();
        if (opcode.Base == "testp")
        {
            DecodeTest(opcode, type);
            return;
        }
        opcode.TakeOneOf("rn", "approx");
        bool flush = opcode.Take("ftz");
        switch (type)
        {
            case "f32":
                Handler single = opcode.Base switch
                {
                    "rcp" => &Lanes.Unary<float, Reciprocal32>,
                    "sqrt" => &Lanes.Unary<float, SquareRoot<float>>,
                    "rsqrt" => &Lanes.Unary<float, ReciprocalRoot32>,
                    "ex2" => &Lanes.Unary<float, Exp2>,
                    "lg2" => &Scalars.Map<float, float, Log2>,
                    "sin" => &Scalars.Map<float, float, Sine>,
                    "cos" => &Scalars.Map<float, float, Cosine>,
                    "tanh" => &Scalars.Map<float, float, HyperbolicTangent>,
                    "copysign" => &Lanes.Binary<float, CopySign32>,
                    _ => throw opcode.Unknown(),
                };
                EmitSingle(single, opcode.Base == "copysign" ? 2 : 1, flush, false);
                break;
            case "f64":
                Handler wide = opcode.Base switch
                {
                    "rcp" => &Lanes.Unary<double, Reciprocal64>,
                    "sqrt" => &Lanes.Unary<double, SquareRoot<double>>,
                    "rsqrt" => &Lanes.Unary<double, ReciprocalRoot64>,
                    "copysign" => &Lanes.Binary<double, CopySign64>,
                    _ => throw opcode.Unknown(),
                };
                EmitRows(wide, type);
                break;
            case "f16" or "f16x2":
                bool pair = type == "f16x2";
                Handler half = opcode.Base switch
                {
                    "ex2" => pair ? &Scalars.Map<uint, uint, HalfPairMap<HalfExp2>> : &Scalars.Map<uint, uint, HalfMap<HalfExp2>>,
                    "tanh" => pair ? &Scalars.Map<uint, uint, HalfPairMap<HalfTanh>> : &Scalars.Map<uint, uint, HalfMap<HalfTanh>>,
                    _ => throw opcode.Unknown(),
                };
                EmitRows(half, type);
                break;
            default:
                throw opcode.Unknown($"type '.{type}'");
        }
    }

    private void DecodeTest(Opcode opcode, string type)
    {
        string test = opcode.TakeOneOf("finite", "infinite", "number", "notanumber", "normal", "subnormal") ?? throw opcode.Unknown();
        int target = Predicate(Operand(0)), source = Row(1, type);
        Emit(
            type switch
            {
                "f32" => FloatTests.Handler<float>(test),
                "f64" => FloatTests.Handler<double>(test),
                _ => throw opcode.Unknown($"type '.{type}'"),
            },
            target,
            source);
    }

    private void DecodeBits(Opcode opcode)
    {
        if (opcode.Base == "lop3")
        {
            opcode.Take("b32");
            var logic = Emit(&Logic3.Execute, Row(0, "b32"), Row(1, "b32"), Row(2, "b32"), Row(3, "b32"));
            logic.Immediate = (long)Operand(4).Bits;
            return;
        }
        string type = opcode.TakeType();
        switch (opcode.Base)
        {
            case "and" or "or" or "xor" or "not" or "cnot":
                DecodeLogic(opcode, type);
                break;
            case "shl" or "shr":
                DecodeShift(opcode, type);
                break;
            case "shf":
                DecodeFunnelShift(opcode);
                break;
            case "bfe":
                Emit(
                    type switch
                    {
                        "u32" => &Scalars.Map<uint, uint, uint, uint, ExtractField<uint>>,
                        "s32" => &Scalars.Map<int, uint, uint, int, ExtractField<int>>,
                        "u64" => &Scalars.Map<ulong, uint, uint, ulong, ExtractField<ulong>>,
                        "s64" => &Scalars.Map<long, uint, uint, long, ExtractField<long>>,
                        _ => throw opcode.Unknown(),
                    },
                    Row(0, type),
                    Row(1, type),
                    Row(2, "b32"),
                    Row(3, "b32"));
                break;
            case "bfi":
                var insert = Emit(type == "b64" ? &InsertField.Execute<ulong> : &InsertField.Execute<uint>, Row(0, type), Row(1, type), Row(2, type), Row(3, "b32"));
                insert.E = Row(4, "b32");
                break;
            case "prmt":
                Emit(&Scalars.Map<uint, uint, uint, uint, PermuteBytes>, Row(0, "b32"), Row(1, "b32"), Row(2, "b32"), Row(3, "b32"));
                break;
            default:
                DecodeBitCount(opcode, type);
                break;
        }
    }

    private void DecodeBitCount(Opcode opcode, string type)
    {
        bool shiftAmount = opcode.Take("shiftamt");
        Handler execute = (opcode.Base, type) switch
        {
            ("bfind", "u32") when shiftAmount => &Scalars.Map<uint, uint, FindShift<uint>>,
            ("bfind", "s32") when shiftAmount => &Scalars.Map<int, uint, FindShift<int>>,
            ("bfind", "u64") when shiftAmount => &Scalars.Map<ulong, uint, FindShift<ulong>>,
            ("bfind", "s64") when shiftAmount => &Scalars.Map<long, uint, FindShift<long>>,
            ("popc", "b32") => &Scalars.Map<uint, uint, PopulationCount32>,
            ("popc", "b64") => &Scalars.Map<ulong, uint, PopulationCount64>,
            ("clz", "b32") => &Scalars.Map<uint, uint, LeadingZeros32>,
            ("clz", "b64") => &Scalars.Map<ulong, uint, LeadingZeros64>,
            ("brev", "b32") => &Scalars.Map<uint, uint, ReverseBits32>,
            ("brev", "b64") => &Scalars.Map<ulong, ulong, ReverseBits64>,
            ("bfind", "u32") => &Scalars.Map<uint, uint, FindHighest<uint>>,
            ("bfind", "s32") => &Scalars.Map<int, uint, FindHighest<int>>,
            ("bfind", "u64") => &Scalars.Map<ulong, uint, FindHighest<ulong>>,
            ("bfind", "s64") => &Scalars.Map<long, uint, FindHighest<long>>,
            _ => throw opcode.Unknown(),
        };
        Emit(execute, Row(0, opcode.Base == "brev" ? type : "b32"), Row(1, type));
    }

    private void DecodeLogic(Opcode opcode, string type)
    {
        if (type == "pred")
        {
            bool unary = opcode.Base == "not";
            Handler predicate = opcode.Base switch
            {
                "and" => &Predicates.Both,
                "or" => &Predicates.Either,
                "xor" => &Predicates.Differ,
                "not" => &Predicates.Not,
                _ => throw opcode.Unknown(),
            };
            Emit(predicate, Predicate(Operand(0)), Predicate(Operand(1)), unary ? -1 : Predicate(Operand(2)));
            return;
        }
        Handler execute = (opcode.Base, type) switch
        {
            ("and", "b64") => &Lanes.Binary<ulong, And<ulong>>,
            ("or", "b64") => &Lanes.Binary<ulong, Or<ulong>>,
            ("xor", "b64") => &Lanes.Binary<ulong, Xor<ulong>>,
            ("not", "b64") => &Lanes.Unary<ulong, Not<ulong>>,
            ("and", "b16" or "b32") => &Lanes.Binary<uint, And<uint>>,
            ("or", "b16" or "b32") => &Lanes.Binary<uint, Or<uint>>,
            ("xor", "b16" or "b32") => &Lanes.Binary<uint, Xor<uint>>,
            ("not", "b32") => &Lanes.Unary<uint, Not<uint>>,
            ("not", "b16") => &Scalars.Map<uint, uint, Not16>,
            ("cnot", "b32") => &Scalars.Map<uint, uint, LogicalNot>,
            _ => throw opcode.Unknown(),
        };
        EmitRows(execute, type);
    }

    private void DecodeShift(Opcode opcode, string type)
    {
        Handler execute = (opcode.Base, type) switch
        {
            ("shl", "b32") => &Lanes.Binary<uint, ShiftLeft32>,
            ("shr", "u32" or "b32") => &Lanes.Binary<uint, ShiftRight32>,
            ("shr", "s32") => &Lanes.Binary<int, ShiftRight32S>,
            ("shl", "b64") => &Scalars.Map<ulong, uint, ulong, ShiftLeft64>,
            ("shr", "u64" or "b64") => &Scalars.Map<ulong, uint, ulong, ShiftRight64>,
            ("shr", "s64") => &Scalars.Map<long, uint, long, ShiftRight64S>,
            ("shl", "b16") => &Scalars.Map<uint, uint, uint, ShiftLeft16>,
            ("shr", "u16" or "b16") => &Scalars.Map<uint, uint, uint, ShiftRight16>,
            ("shr", "s16") => &Scalars.Map<uint, uint, uint, ShiftRight16S>,
            _ => throw opcode.Unknown(),
        };
        Emit(execute, Row(0, type), Row(1, type), Row(2, "b32"));
    }

    private void DecodeFunnelShift(Opcode opcode)
    {
        string direction = opcode.TakeOneOf("l", "r") ?? throw opcode.Unknown();
        string mode = opcode.TakeOneOf("wrap", "clamp") ?? throw opcode.Unknown();
        Handler execute = (direction, mode) switch
        {
            ("l", "wrap") => &Scalars.Map<uint, uint, uint, uint, FunnelLeftWrap>,
            ("l", _) => &Scalars.Map<uint, uint, uint, uint, FunnelLeftClamp>,
            (_, "wrap") => &Scalars.Map<uint, uint, uint, uint, FunnelRightWrap>,
            _ => &Scalars.Map<uint, uint, uint, uint, FunnelRightClamp>,
        };
        EmitRows(execute, "b32");
    }
}
