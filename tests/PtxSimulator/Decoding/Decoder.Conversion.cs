using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private void DecodeConversion(Opcode opcode)
    {
        string from = opcode.TakeType(), to = opcode.TakeType();
        string rounding = opcode.TakeOneOf("rni", "rzi", "rmi", "rpi", "rn", "rz", "rm", "rp") ?? "";
        bool flush = opcode.Take("ftz"), saturate = opcode.Take("sat"), relu = opcode.Take("relu");
        if (to == "f16x2" && from == "f32" && rounding == "rn" && !saturate)
        {
            Emit(relu ? &Scalars.Map<float, float, uint, PackHalvesRelu> : &Conversions.PackHalves, Row(0, "b32"), Row(1, "f32"), Row(2, "f32"));
            return;
        }
        if (relu)
        {
            throw opcode.Unknown("modifier '.relu'");
        }
        var target = AnyRow(Operand(0), to);
        var source = AnyRow(Operand(1), from);
        if (source.Bytes < PtxNumber.BytesOf(from) || target.Bytes < PtxNumber.BytesOf(to))
        {
            throw Bad("a register is narrower than the type it is converted as");
        }
        int row = source.Offset;
        if (flush && from == "f32")
        {
            row = Converted(&Lanes.Unary<float, FlushSubnormals>, row);
        }
        bool fromFloat = from[0] == 'f', toFloat = to[0] == 'f';
        if (!TryVectorConversion(to, from, rounding, saturate, target, source, row))
        {
            Handler execute = (fromFloat, toFloat) switch
            {
                (true, true) => FloatToFloat(opcode, to, from, rounding),
                (true, false) => FloatToInteger(opcode, to, from, rounding),
                (false, true) when rounding == "rn" => ConversionHandler(opcode, to, from, false),
                (false, false) when rounding.Length == 0 => ConversionHandler(opcode, to, from, saturate),
                _ => throw opcode.Unknown($"rounding '.{rounding}'"),
            };
            var convert = Emit(execute, target.Offset, row);
            convert.WideAddress = source.Bytes == 8;
            convert.WideRows = target.Bytes == 8;
            convert.Immediate = target.Bytes == 8 ? -1 : (1L << (target.Bytes * 8)) - 1;
        }
        if (saturate && toFloat)
        {
            Emit(
                to switch
                {
                    "f32" => &Lanes.Unary<float, Saturate<float>>,
                    "f64" => &Lanes.Unary<double, Saturate<double>>,
                    _ => &Scalars.Map<uint, uint, HalfMap<HalfSaturate>>,
                },
                target.Offset,
                target.Offset);
        }
        if (flush && to == "f32")
        {
            Emit(&Lanes.Unary<float, FlushSubnormals>, target.Offset, target.Offset);
        }
    }

    /// <summary>The conversions that kernels are full of, 16 lanes at a time.</summary>
    private bool TryVectorConversion(string to, string from, string rounding, bool saturate, Register target, Register source, int row)
    {
        if (saturate && to[0] != 'f')
        {
            return false;
        }
        Handler execute = (to, from, target.Bytes, source.Bytes) switch
        {
            ("u64" or "s64", "u32", 8, 4) => &Conversions.Widen<WidenUnsigned>,
            ("u64" or "s64", "s32", 8, 4) => &Conversions.Widen<WidenSigned>,
            ("u32" or "s32", "u64" or "s64", 4, 8) => &Conversions.NarrowTo32,
            ("f32", "f16", 4, 2 or 4) => &Lanes.Unary<uint, HalfToSingle>,
            ("f16", "f32", 2 or 4, 4) when rounding == "rn" => &Lanes.Unary<uint, SingleToHalf>,
            ("f32", "s32", 4, 4) when rounding == "rn" => &Lanes.Unary<int, SignedToSingle>,
            ("f32", "f32", 4, 4) => rounding switch
            {
                "rni" => &Lanes.Unary<float, RoundEven32>,
                "rzi" => &Lanes.Unary<float, RoundToZero32>,
                "rmi" => &Lanes.Unary<float, RoundDown32>,
                "rpi" => &Lanes.Unary<float, RoundUp32>,
                "" => &Lanes.Unary<float, Copy<float>>,
                _ => null,
            },
            ("f64", "f64", 8, 8) => rounding switch
            {
                "rni" => &Lanes.Unary<double, RoundEven64>,
                "rzi" => &Lanes.Unary<double, RoundToZero64>,
                "rmi" => &Lanes.Unary<double, RoundDown64>,
                "rpi" => &Lanes.Unary<double, RoundUp64>,
                "" => &Lanes.Unary<double, Copy<double>>,
                _ => null,
            },
            ("u16", "u32" or "s32" or "u16" or "s16", 2, _) or ("u32" or "s32", "u16", 4, _) when source.Bytes < 8 => &Lanes.Binary<uint, And<uint>>,
            _ => null,
        };
        if (execute == null)
        {
            return false;
        }
        Emit(execute, target.Offset, row, _registers.Constant32(0xffff));
        return true;
    }

    private static Handler FloatToFloat(Opcode opcode, string to, string from, string rounding) => (to, from, rounding) switch
    {
        ("f64", "f32", "") => &Conversions.Convert<float, double>,
        ("f64", "f16", "") => &Conversions.Convert<Half, double>,
        ("f32", "f64", "rn") => &Conversions.Convert<double, float>,
        ("f16", "f64", "rn") => &Conversions.Convert<double, Half>,
        ("f16", "f16", "") => &Conversions.Convert<Half, Half>,
        _ => throw opcode.Unknown("this conversion or its rounding"),
    };

    private static Handler FloatToInteger(Opcode opcode, string to, string from, string rounding) => rounding switch
    {
        "rni" => RoundFrom<RoundNearest>(opcode, to, from),
        "rzi" => RoundFrom<RoundZero>(opcode, to, from),
        "rmi" => RoundFrom<RoundFloor>(opcode, to, from),
        "rpi" => RoundFrom<RoundCeiling>(opcode, to, from),
        _ => throw opcode.Unknown("an integer rounding must be named"),
    };

    private static Handler RoundFrom<TRounding>(Opcode opcode, string to, string from)
        where TRounding : struct, IRounding => from switch
        {
            "f32" => RoundTo<float, TRounding>(opcode, to),
            "f64" => RoundTo<double, TRounding>(opcode, to),
            "f16" => RoundTo<Half, TRounding>(opcode, to),
            _ => throw opcode.Unknown($"type '.{from}'"),
        };

    private static Handler RoundTo<TA, TRounding>(Opcode opcode, string to)
        where TA : unmanaged, IFloatingPoint<TA>
        where TRounding : struct, IRounding => to switch
        {
            "u8" => &Conversions.Round<TA, byte, TRounding>,
            "s8" => &Conversions.Round<TA, sbyte, TRounding>,
            "u16" => &Conversions.Round<TA, ushort, TRounding>,
            "s16" => &Conversions.Round<TA, short, TRounding>,
            "u32" => &Conversions.Round<TA, uint, TRounding>,
            "s32" => &Conversions.Round<TA, int, TRounding>,
            "u64" => &Conversions.Round<TA, ulong, TRounding>,
            "s64" => &Conversions.Round<TA, long, TRounding>,
            _ => throw opcode.Unknown($"type '.{to}'"),
        };

    private static Handler ConversionHandler(Opcode opcode, string to, string from, bool saturate) => from switch
    {
        "u8" => ConversionTo<byte>(opcode, to, saturate),
        "s8" => ConversionTo<sbyte>(opcode, to, saturate),
        "u16" => ConversionTo<ushort>(opcode, to, saturate),
        "s16" => ConversionTo<short>(opcode, to, saturate),
        "u32" => ConversionTo<uint>(opcode, to, saturate),
        "s32" => ConversionTo<int>(opcode, to, saturate),
        "u64" => ConversionTo<ulong>(opcode, to, saturate),
        "s64" => ConversionTo<long>(opcode, to, saturate),
        _ => throw opcode.Unknown($"type '.{from}'"),
    };

    private static Handler ConversionTo<TA>(Opcode opcode, string to, bool saturate)
        where TA : unmanaged, INumber<TA> => to switch
        {
            "u8" => saturate ? &Conversions.ConvertSaturated<TA, byte> : &Conversions.Convert<TA, byte>,
            "s8" => saturate ? &Conversions.ConvertSaturated<TA, sbyte> : &Conversions.Convert<TA, sbyte>,
            "u16" => saturate ? &Conversions.ConvertSaturated<TA, ushort> : &Conversions.Convert<TA, ushort>,
            "s16" => saturate ? &Conversions.ConvertSaturated<TA, short> : &Conversions.Convert<TA, short>,
            "u32" => saturate ? &Conversions.ConvertSaturated<TA, uint> : &Conversions.Convert<TA, uint>,
            "s32" => saturate ? &Conversions.ConvertSaturated<TA, int> : &Conversions.Convert<TA, int>,
            "u64" => saturate ? &Conversions.ConvertSaturated<TA, ulong> : &Conversions.Convert<TA, ulong>,
            "s64" => saturate ? &Conversions.ConvertSaturated<TA, long> : &Conversions.Convert<TA, long>,
            "f16" => &Conversions.Convert<TA, Half>,
            "f32" => &Conversions.Convert<TA, float>,
            "f64" => &Conversions.Convert<TA, double>,
            _ => throw opcode.Unknown($"type '.{to}'"),
        };

    /// <summary><c>cvta</c>: a generic address is the address in its space plus the base of that space's window.</summary>
    private void DecodeAddressConversion(Opcode opcode)
    {
        if (opcode.Base == "cvta")
        {
            opcode.TakeType();
        }
        string space = opcode.TakeOneOf("shared", "shared::cta", "local", "param", "global", "const") ?? throw opcode.Unknown("state space");
        ulong window = space switch
        {
            "shared" or "shared::cta" => AddressWindow.Shared,
            "local" => AddressWindow.Local,
            "param" => AddressWindow.Param,
            _ => 0,
        };
        if (opcode.Base == "isspacep")
        {
            int bits = _registers.Row64();
            Emit(&Lanes.Binary<ulong, And<ulong>>, bits, Row(1, "b64"), _registers.Constant64(AddressWindow.Mask));
            Emit(&Lanes.Compare<ulong, Equal<ulong>>, Predicate(Operand(0)), bits, _registers.Constant64(window));
            return;
        }
        bool toSpace = opcode.Take("to");
        int offset = _registers.Constant64(window);
        Emit(toSpace ? &Lanes.Binary<ulong, Subtract<ulong>> : &Lanes.Binary<ulong, Add<ulong>>, Row(0, "b64"), Row(1, "b64"), offset);
    }
}
