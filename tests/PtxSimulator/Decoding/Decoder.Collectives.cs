using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private void DecodeMatrix(Opcode opcode)
    {
        if (!opcode.Take("sync") || !opcode.Take("aligned"))
        {
            throw opcode.Unknown();
        }
        if (opcode.Base == "ldmatrix")
        {
            DecodeLoadMatrix(opcode);
            return;
        }
        string shape = opcode.TakeOneOf("m16n8k16", "m16n8k8") ?? throw opcode.Unknown("shape");
        string sum = opcode.TakeType(), right = opcode.TakeType(), left = opcode.TakeType(), result = opcode.TakeType();
        if ((left, right) is not ("f16", "f16") || result != sum || sum is not ("f32" or "f16") || !opcode.Take("row") || !opcode.Take("col"))
        {
            throw opcode.Unknown("types");
        }
        int steps = shape == "m16n8k16" ? 2 : 1, sums = sum == "f32" ? 4 : 2;
        var instruction = Emit(sum == "f32" ? &MatrixOperations.MultiplySingle : &MatrixOperations.MultiplyHalf);
        instruction.Rows =
        [
            .. Fragment(0, sums, sum == "f32" ? "f32" : "b32"),
            .. Fragment(1, 2 * steps, "b32"),
            .. Fragment(2, steps, "b32"),
            .. Fragment(3, sums, sum == "f32" ? "f32" : "b32"),
        ];
        instruction.Flow = Flow.Collective;
    }

    private IEnumerable<int> Fragment(int index, int count, string type)
    {
        var operand = Operand(index);
        return operand.Kind == OperandKind.Vector && operand.Items.Count == count
            ? operand.Items.Select(i => Row(i, type))
            : throw Bad($"operand {index + 1} must be {count} registers in braces");
    }

    private void DecodeLoadMatrix(Opcode opcode)
    {
        int count = opcode.TakeOneOf("x1", "x2", "x4") switch { "x1" => 1, "x2" => 2, "x4" => 4, _ => throw opcode.Unknown("count") };
        bool transposes = opcode.Take("trans");
        if (!opcode.Take("m8n8") || opcode.TakeOneOf("shared", "shared::cta") == null || !opcode.Take("b16"))
        {
            throw opcode.Unknown();
        }
        var address = Address(Operand(1));
        var instruction = Emit(&MatrixOperations.LoadMatrix, -1, address.Row);
        instruction.WideAddress = address.Wide;
        instruction.Immediate = address.Offset;
        instruction.Rows = [.. Fragment(0, count, "b32")];
        instruction.SignExtends = transposes;
        instruction.Flow = Flow.Collective;
    }

    private void DecodeCollective(Opcode opcode)
    {
        if (opcode.Base == "activemask")
        {
            Emit(&WarpOperations.ActiveMask, Row(0, opcode.TakeType()));
            return;
        }
        if (!opcode.Take("sync"))
        {
            throw opcode.Unknown("only the .sync form exists on these devices");
        }
        switch (opcode.Base)
        {
            case "shfl":
                DecodeShuffle(opcode);
                break;
            case "vote":
                DecodeVote(opcode);
                break;
            case "match":
                DecodeMatch(opcode);
                break;
            default:
                DecodeReduce(opcode);
                break;
        }
    }

    private void DecodeShuffle(Opcode opcode)
    {
        opcode.Take("b32");
        int mode = opcode.TakeOneOf("up", "down", "bfly", "idx") switch
        {
            "up" => Shuffles.Up,
            "down" => Shuffles.Down,
            "bfly" => Shuffles.Butterfly,
            "idx" => Shuffles.Index,
            _ => throw opcode.Unknown(),
        };
        var target = Operand(0);
        bool pair = target.Kind == OperandKind.Pair;
        int row = Row(pair ? target.Items[0] : target, "b32");
        var instruction = Emit(&Shuffles.Execute, row, Row(1, "b32"), Row(2, "b32"), Row(3, "b32"));
        instruction.Target = pair ? Predicate(target.Items[1]) : -1;
        instruction.Immediate = mode;
        MakeCollective(instruction, 4);
    }

    private void DecodeVote(Opcode opcode)
    {
        string type = opcode.TakeType();
        int mode = opcode.TakeOneOf("all", "any", "uni", "ballot") switch
        {
            "all" => WarpOperations.All,
            "any" => WarpOperations.Any,
            "uni" => WarpOperations.Uniform,
            "ballot" => WarpOperations.Ballot,
            _ => throw opcode.Unknown(),
        };
        int target = type == "pred" ? Predicate(Operand(0)) : Row(0, type);
        var instruction = Emit(&WarpOperations.Vote, target, Predicate(Operand(1)));
        instruction.SignExtends = Operand(1).Negated;
        instruction.Immediate = mode;
        MakeCollective(instruction, 2);
    }

    private void DecodeMatch(Opcode opcode)
    {
        string type = opcode.TakeType();
        bool all = opcode.TakeOneOf("any", "all") == "all";
        var target = Operand(0);
        bool pair = target.Kind == OperandKind.Pair;
        var instruction = Emit(&WarpOperations.Match, Row(pair ? target.Items[0] : target, "b32"), Row(1, type));
        instruction.Target = pair ? Predicate(target.Items[1]) : -1;
        instruction.WideAddress = PtxNumber.BytesOf(type) == 8;
        instruction.Immediate = all ? 1 : 0;
        MakeCollective(instruction, 2);
    }

    private void DecodeReduce(Opcode opcode)
    {
        string type = opcode.TakeType();
        string operation = opcode.TakeOneOf("add", "min", "max", "and", "or", "xor") ?? throw opcode.Unknown();
        Handler execute = (operation, type) switch
        {
            ("add", "u32" or "s32") => &WarpOperations.Reduce<AddInteger<uint>>,
            ("min", "u32") => &WarpOperations.Reduce<MinInteger<uint>>,
            ("max", "u32") => &WarpOperations.Reduce<MaxInteger<uint>>,
            ("min", "s32") => &WarpOperations.Reduce<Signed<MinInteger<int>>>,
            ("max", "s32") => &WarpOperations.Reduce<Signed<MaxInteger<int>>>,
            ("and", "b32") => &WarpOperations.Reduce<AndInteger<uint>>,
            ("or", "b32") => &WarpOperations.Reduce<OrInteger<uint>>,
            ("xor", "b32") => &WarpOperations.Reduce<XorInteger<uint>>,
            _ => throw opcode.Unknown(),
        };
        MakeCollective(Emit(execute, Row(0, type), Row(1, type)), 2);
    }

    private void MakeCollective(Instruction instruction, int memberOperand)
    {
        instruction.Flow = Flow.Collective;
        instruction.E = Row(memberOperand, "b32");
    }

    private void DecodeBarrier(Opcode opcode)
    {
        opcode.TakeOneOf("cta");
        opcode.Take("aligned");
        if (opcode.Take("warp"))
        {
            opcode.Take("sync");
            var together = Emit(&WarpOperations.Synchronize);
            MakeCollective(together, 0);
            return;
        }
        if (opcode.Take("sync"))
        {
            var barrier = Emit(null, -1, Row(0, "b32"), -1, _statement.Operands.Count > 1 ? Row(1, "b32") : -1);
            barrier.Flow = Flow.Barrier;
            return;
        }
        if (!opcode.Take("red"))
        {
            throw opcode.Unknown();
        }
        string operation = opcode.TakeOneOf("popc", "and", "or") ?? throw opcode.Unknown();
        string type = opcode.TakeType();
        int last = _statement.Operands.Count - 1;
        int target = type == "pred" ? Predicate(Operand(0)) : Row(0, type);
        var reduction = Emit(null, target, Row(1, "b32"), Predicate(Operand(last)), last > 2 ? Row(2, "b32") : -1);
        reduction.SignExtends = Operand(last).Negated;
        reduction.Rows = [operation switch { "popc" => Barriers.PopulationCount, "and" => Barriers.All, _ => Barriers.Any }];
        reduction.Flow = Flow.Barrier;
    }
}
