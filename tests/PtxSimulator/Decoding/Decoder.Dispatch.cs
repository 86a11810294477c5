namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private void DecodeInstruction()
    {
        var opcode = new Opcode(_statement);
        switch (opcode.Base)
        {
            case "mov":
                DecodeMove(opcode);
                break;
            case "add" or "sub" or "mul" or "mad" or "fma" or "div" or "rem" or "min" or "max" or "neg" or "abs" or "sad" or "mul24" or "mad24":
                DecodeArithmetic(opcode);
                break;
            case "rcp" or "sqrt" or "rsqrt" or "ex2" or "lg2" or "sin" or "cos" or "tanh" or "copysign" or "testp":
                DecodeFunction(opcode);
                break;
            case "and" or "or" or "xor" or "not" or "cnot" or "shl" or "shr" or "shf" or "bfe" or "bfi" or "prmt" or "lop3" or "popc" or "clz" or "brev" or "bfind":
                DecodeBits(opcode);
                break;
            case "setp" or "set" or "selp" or "slct":
                DecodeComparison(opcode);
                break;
            case "cvt":
                DecodeConversion(opcode);
                break;
            case "cvta" or "isspacep":
                DecodeAddressConversion(opcode);
                break;
            case "ld" or "ldu" or "st":
                DecodeAccess(opcode);
                break;
            case "cp":
                DecodeAsyncCopy(opcode);
                break;
            case "atom" or "red":
                DecodeAtomic(opcode);
                break;
            case "ldmatrix" or "mma":
                DecodeMatrix(opcode);
                break;
            case "shfl" or "vote" or "match" or "redux" or "activemask":
                DecodeCollective(opcode);
                break;
            case "bar" or "barrier":
                DecodeBarrier(opcode);
                break;
            case "bra" or "brx" or "call" or "ret" or "exit" or "trap":
                DecodeControl(opcode);
                break;
            case "griddepcontrol":
                Emit(opcode.Take("wait") ? &WaitForPredecessor : &Nothing);
                return;
            case "membar" or "fence" or "prefetch" or "prefetchu" or "nanosleep" or "pmevent":
                Emit(&Nothing);
                return;
            default:
                throw opcode.Unknown("instruction");
        }
        opcode.DemandNothingLeft();
    }

    /// <summary>Instructions that order memory or give hints: everything here happens in order anyway.</summary>
    private static void Nothing(Warp warp, Instruction instruction, uint mask)
    {
    }

    private static void WaitForPredecessor(Warp warp, Instruction instruction, uint mask) => warp.WaitForPredecessor(mask);

    private void DecodeMove(Opcode opcode)
    {
        string type = opcode.TakeType();
        var (target, source) = (Operand(0), Operand(1));
        if (type == "pred")
        {
            Emit(&Predicates.Move, Predicate(target), Predicate(source));
            return;
        }
        if (target.Kind == Parsing.OperandKind.Vector)
        {
            DecodeUnpack(target, source, type);
            return;
        }
        if (source.Kind == Parsing.OperandKind.Vector)
        {
            DecodePack(target, source, type);
            return;
        }
        if (source.Name is "%clock" or "%clock64" or "%clock_hi" or "%globaltimer" or "%globaltimer_lo")
        {
            bool wide = Parsing.PtxNumber.BytesOf(type) == 8;
            Emit(wide ? &Packing.Clock64 : &Packing.Clock32, Row(target, type));
            return;
        }
        int from = Row(source, type), to = Row(target, type);
        Emit(Parsing.PtxNumber.BytesOf(type) == 8 ? &Lanes.Unary<ulong, Copy<ulong>> : &Lanes.Unary<uint, Copy<uint>>, to, from);
    }

    private void DecodePack(Parsing.PtxOperand target, Parsing.PtxOperand source, string type)
    {
        string part = PartType(type, source.Items.Count);
        var instruction = Emit(type is "b64" or "u64" or "s64" or "f64" ? &Packing.Pack64 : &Packing.Pack32, Row(target, type));
        instruction.Rows = [.. source.Items.Select(i => Row(i, part))];
    }

    private void DecodeUnpack(Parsing.PtxOperand target, Parsing.PtxOperand source, string type)
    {
        string part = PartType(type, target.Items.Count);
        var instruction = Emit(type is "b64" or "u64" or "s64" or "f64" ? &Packing.Unpack64 : &Packing.Unpack32, -1, Row(source, type));
        instruction.Rows = [.. target.Items.Select(i => Row(i, part))];
    }

    private string PartType(string type, int parts) => (Parsing.PtxNumber.BytesOf(type), parts) switch
    {
        (8, 2) => "b32",
        (8, 4) or (4, 2) => "b16",
        _ => throw Bad("this way of packing registers is not simulated"),
    };

    /// <summary>Emits a single-precision operation, flushing subnormal operands and results (<c>.ftz</c>) and clamping (<c>.sat</c>) as asked.</summary>
    private void EmitSingle(delegate*<Warp, Instruction, uint, void> execute, int sources, bool flush, bool saturate)
    {
        int target = Row(0, "f32");
        int a = FlushedSource(1, flush), b = sources > 1 ? FlushedSource(2, flush) : -1, c = sources > 2 ? FlushedSource(3, flush) : -1;
        Emit(execute, target, a, b, c);
        if (flush)
        {
            Emit(&Lanes.Unary<float, FlushSubnormals>, target, target);
        }
        if (saturate)
        {
            Emit(&Lanes.Unary<float, Saturate<float>>, target, target);
        }
    }

    private int FlushedSource(int index, bool flush)
    {
        int row = Row(index, "f32");
        if (!flush)
        {
            return row;
        }
        int flushed = _registers.Row32();
        Emit(&Lanes.Unary<float, FlushSubnormals>, flushed, row);
        return flushed;
    }
}
