namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private PtxOperand Operand(int index) => index < _statement.Operands.Count
        ? _statement.Operands[index]
        : throw Bad($"operand {index + 1} is missing");

    private PtxFormatException Bad(string what) => new(_statement.Line, $"{what}: {_statement.Text}");

    private int PredicateNamed(string name) =>
        _scope.TryRegister(name, out var register) && register.Bytes == 0 ? register.Offset : throw Bad($"'{name}' is not a predicate");

    /// <summary>A predicate that is read or written; 0 and -1 are constants, and the sink <c>_</c> becomes a predicate nobody reads.</summary>
    private int Predicate(PtxOperand operand)
    {
        if (operand.Kind == OperandKind.Integer)
        {
            return _registers.ConstantPredicate(operand.Bits != 0);
        }
        if (operand.Kind != OperandKind.Name)
        {
            throw Bad("a predicate expected");
        }
        return operand.Name == "_" ? _registers.Predicate() : PredicateNamed(operand.Name);
    }

    private static bool IsSink(PtxOperand operand) => operand.Kind == OperandKind.Name && operand.Name == "_";

    /// <summary>A row of the size that a type asks for; a register declared with another size is an error.</summary>
    private int Row(PtxOperand operand, string type)
    {
        int bytes = PtxNumber.BytesOf(type);
        if (bytes == 0)
        {
            throw Bad($"type '.{type}' is not simulated here");
        }
        if (operand.Kind == OperandKind.Name && _scope.TryRegister(operand.Name, out var register))
        {
            bool fits = register.Bytes == bytes || (bytes == 1 && register.Bytes == 2);
            return fits ? register.Offset : throw Bad($"register {operand.Name} has {register.Bytes} bytes where {bytes} are wanted");
        }
        return ValueRow(operand, bytes);
    }

    private int Row(int index, string type) => Row(Operand(index), type);

    /// <summary>A register of any size, for instructions that allow wider registers; constants take the size of the type.</summary>
    private Register AnyRow(PtxOperand operand, string type)
    {
        if (operand.Kind == OperandKind.Name && _scope.TryRegister(operand.Name, out var register))
        {
            return register.Bytes > 0 ? register : throw Bad($"predicate {operand.Name} where a number is wanted");
        }
        int bytes = PtxNumber.BytesOf(type);
        return new Register(ValueRow(operand, bytes), bytes);
    }

    /// <summary>A row holding a constant, a special register, the address of a variable, or nothing of interest (the sink).</summary>
    private int ValueRow(PtxOperand operand, int bytes)
    {
        switch (operand.Kind)
        {
            case OperandKind.Integer:
            case OperandKind.Single when bytes == 4:
            case OperandKind.Double when bytes == 8:
                return Constant(operand.Bits, bytes);
            case OperandKind.Double when bytes == 4:
                return Constant(BitConverter.SingleToUInt32Bits((float)BitConverter.UInt64BitsToDouble(operand.Bits)), 4);
            case OperandKind.Name when operand.Name == "_":
                return bytes == 8 ? _registers.Row64() : _registers.Row32();
            case OperandKind.Name when operand.Name.StartsWith('%'):
                return SpecialRow(operand.Name, bytes);
            case OperandKind.Name when _scope.TrySymbol(operand.Name, out var symbol):
                return Constant(symbol.Address + (ulong)operand.Offset, bytes);
            default:
                throw Bad($"operand '{operand}' is not known");
        }
    }

    private int Constant(ulong value, int bytes) => bytes switch
    {
        8 => _registers.Constant64(value),
        4 => _registers.Constant32((uint)value),
        2 => _registers.Constant32((ushort)value),
        _ => _registers.Constant32((byte)value),
    };

    private int SpecialRow(string name, int bytes)
    {
        SpecialRegister? register = name switch
        {
            "%tid.x" => SpecialRegister.ThreadX,
            "%tid.y" => SpecialRegister.ThreadY,
            "%tid.z" => SpecialRegister.ThreadZ,
            "%ctaid.x" => SpecialRegister.BlockX,
            "%ctaid.y" => SpecialRegister.BlockY,
            "%ctaid.z" => SpecialRegister.BlockZ,
            "%ntid.x" => SpecialRegister.BlockSizeX,
            "%ntid.y" => SpecialRegister.BlockSizeY,
            "%ntid.z" => SpecialRegister.BlockSizeZ,
            "%nctaid.x" => SpecialRegister.GridSizeX,
            "%nctaid.y" => SpecialRegister.GridSizeY,
            "%nctaid.z" => SpecialRegister.GridSizeZ,
            "%laneid" => SpecialRegister.Lane,
            "%warpid" => SpecialRegister.Warp,
            "%nwarpid" => SpecialRegister.WarpCount,
            "%lanemask_eq" => SpecialRegister.LaneMaskEqual,
            "%lanemask_lt" => SpecialRegister.LaneMaskLess,
            "%lanemask_le" => SpecialRegister.LaneMaskLessEqual,
            "%lanemask_gt" => SpecialRegister.LaneMaskGreater,
            "%lanemask_ge" => SpecialRegister.LaneMaskGreaterEqual,
            "%dynamic_smem_size" => SpecialRegister.DynamicSharedBytes,
            "%total_smem_size" => SpecialRegister.TotalSharedBytes,
            "%smid" => SpecialRegister.Multiprocessor,
            "%nsmid" => SpecialRegister.MultiprocessorCount,
            "%gridid" => SpecialRegister.Zero,
            _ => null,
        };
        if (register == null || bytes != 4)
        {
            throw Bad($"special register {name} of {bytes} bytes is not simulated");
        }
        return _registers.Special(register.Value);
    }

    /// <summary>An address operand: its register row (-1: none), whether that is a 64-bit row, the offset, and the space of a symbol.</summary>
    private (int Row, bool Wide, long Offset, MemorySpace? Space) Address(PtxOperand operand)
    {
        if (operand.Kind != OperandKind.Address)
        {
            throw Bad("an address in brackets expected");
        }
        if (operand.Name.Length == 0)
        {
            return (-1, false, (long)operand.Bits + operand.Offset, null);
        }
        if (_scope.TryRegister(operand.Name, out var register))
        {
            return register.Bytes is 4 or 8
                ? (register.Offset, register.Bytes == 8, operand.Offset, null)
                : throw Bad($"register {operand.Name} cannot hold an address");
        }
        return _scope.TrySymbol(operand.Name, out var symbol)
            ? (-1, false, (long)symbol.Address + operand.Offset, symbol.Space)
            : throw Bad($"'{operand.Name}' is not known");
    }
}
