using unsafe Handler = delegate*<PtxSimulator.Execution.Warp, PtxSimulator.Execution.Instruction, uint, void>;

namespace PtxSimulator.Decoding;

internal sealed unsafe partial class Decoder
{
    private static readonly string[] _orderAndCache =
    [
        "weak", "volatile", "relaxed", "acquire", "release", "acq_rel", "cta", "gpu", "sys", "nc", "ca", "cg", "cs", "lu", "cv", "wb", "wt",
    ];

    private void DecodeAccess(Opcode opcode)
    {
        string type = opcode.TakeType();
        opcode.Ignore(_orderAndCache);
        opcode.IgnoreHints();
        int lanes = opcode.TakeOneOf("v2", "v4") switch { "v2" => 2, "v4" => 4, _ => 1 };
        var space = TakeSpace(opcode);
        bool load = opcode.Base != "st";
        var address = Address(Operand(load ? 1 : 0));
        var values = Operand(load ? 0 : 1);
        var items = values.Kind == OperandKind.Vector ? values.Items : [values];
        if (items.Count != lanes)
        {
            throw Bad($"{lanes} registers expected");
        }
        if (address.Space is MemorySpace symbolSpace && (space == MemorySpace.Generic || (space == MemorySpace.Param && symbolSpace == MemorySpace.Local)))
        {
            space = symbolSpace;
        }
        int width = PtxNumber.BytesOf(type);
        var rows = new int[lanes];
        bool wide = false;
        for (int i = 0; i < lanes; i++)
        {
            var register = AnyRow(items[i], type);
            if (register.Bytes < width)
            {
                throw Bad($"register {items[i]} is narrower than .{type}");
            }
            wide = register.Bytes == 8;
            rows[i] = register.Offset;
        }
        bool parameter = load && space == MemorySpace.Param && address.Row < 0;
        Handler execute = parameter ? &MemoryOperations.LoadParameter : load ? &MemoryOperations.Load : &MemoryOperations.Store;
        var instruction = Emit(execute, -1, address.Row);
        instruction.Space = space;
        instruction.WideAddress = address.Wide;
        instruction.Immediate = address.Offset;
        instruction.Width = (byte)width;
        instruction.Rows = rows;
        instruction.WideRows = wide;
        instruction.SignExtends = type[0] == 's';
        NoteSharedWidth(space, width);
        if (load && type == "s8" && items[0].Kind == OperandKind.Name && AnyRow(items[0], type).Bytes == 2)
        {
            Array.ForEach(rows, row => Emit(&Lanes.Binary<uint, And<uint>>, row, row, _registers.Constant32(0xffff)));
        }
    }

    private void NoteSharedWidth(MemorySpace space, int width)
    {
        if (space is MemorySpace.Shared or MemorySpace.Generic)
        {
            _narrowestShared = Math.Min(_narrowestShared, width);
        }
    }

    private static MemorySpace TakeSpace(Opcode opcode) =>
        opcode.TakeOneOf("global", "shared", "shared::cta", "local", "param", "param::entry", "param::func", "const") switch
        {
            "global" => MemorySpace.Global,
            "shared" or "shared::cta" => MemorySpace.Shared,
            "local" => MemorySpace.Local,
            "param" or "param::entry" or "param::func" => MemorySpace.Param,
            "const" => MemorySpace.Const,
            _ => MemorySpace.Generic,
        };

    private void DecodeAsyncCopy(Opcode opcode)
    {
        if (!opcode.Take("async"))
        {
            throw opcode.Unknown();
        }
        if (opcode.Take("commit_group"))
        {
            Emit(&CopyOperations.Commit);
            return;
        }
        if (opcode.Take("wait_all"))
        {
            Emit(&CopyOperations.Wait).Immediate = -1;
            return;
        }
        if (opcode.Take("wait_group"))
        {
            Emit(&CopyOperations.Wait).Immediate = (long)Operand(0).Bits;
            return;
        }
        string? cache = opcode.TakeOneOf("ca", "cg");
        opcode.IgnoreHints();
        bool shared = opcode.TakeOneOf("shared", "shared::cta") != null;
        if (cache == null || !shared || !opcode.Take("global") || Operand(2).Kind != OperandKind.Integer)
        {
            throw opcode.Unknown();
        }
        int size = (int)Operand(2).Bits;
        if (size is not (4 or 8 or 16) || (cache == "cg" && size != 16))
        {
            throw Bad($"an asynchronous copy of {size} bytes does not exist");
        }
        var (target, source) = (Address(Operand(0)), Address(Operand(1)));
        int count = _statement.Operands.Count > 3 ? Row(3, "b32") : _registers.Constant32((uint)size);
        var copy = Emit(&CopyOperations.Copy, -1, source.Row, target.Row, count);
        copy.WideAddress = source.Wide;
        copy.Immediate = source.Offset;
        copy.WideRows = target.Wide;
        copy.Target = (int)target.Offset;
        copy.Width = (byte)size;
    }

    private void DecodeAtomic(Opcode opcode)
    {
        string type = opcode.TakeType();
        opcode.Ignore("relaxed", "acquire", "release", "acq_rel", "cta", "gpu", "sys", "noftz");
        opcode.IgnoreHints();
        var space = TakeSpace(opcode);
        string operation = opcode.TakeOneOf("add", "min", "max", "exch", "cas", "and", "or", "xor", "inc", "dec") ?? throw opcode.Unknown();
        int first = opcode.Base == "atom" ? 1 : 0;
        var address = Address(Operand(first));
        int value = Row(first + 1, type);
        int target = first == 1 ? Row(0, type) : -1;
        Handler execute = operation == "cas"
            ? (PtxNumber.BytesOf(type) == 8 ? &Atomics.CompareAndSwap<ulong> : &Atomics.CompareAndSwap<uint>)
            : AtomicHandler(opcode, operation, type);
        var instruction = Emit(execute, target, address.Row, value, operation == "cas" ? Row(first + 2, type) : -1);
        instruction.Space = space == MemorySpace.Generic && address.Space is MemorySpace known ? known : space;
        instruction.WideAddress = address.Wide;
        instruction.Immediate = address.Offset;
        _usesGlobalAtomics |= instruction.Space != MemorySpace.Shared;
    }

    private static Handler AtomicHandler(Opcode opcode, string operation, string type) => (operation, type) switch
    {
        ("add", "u32" or "s32") => &Atomics.Apply<uint, AddInteger<uint>>,
        ("add", "u64" or "s64") => &Atomics.Apply<ulong, AddInteger<ulong>>,
        ("add", "f32") => &Atomics.Apply<float, AddFloat<float>>,
        ("add", "f64") => &Atomics.Apply<double, AddFloat<double>>,
        ("add", "f16x2") => &Atomics.Apply<uint, AddHalfPair>,
        ("min", "s32") => &Atomics.Apply<int, MinInteger<int>>,
        ("min", "u32") => &Atomics.Apply<uint, MinInteger<uint>>,
        ("min", "s64") => &Atomics.Apply<long, MinInteger<long>>,
        ("min", "u64") => &Atomics.Apply<ulong, MinInteger<ulong>>,
        ("max", "s32") => &Atomics.Apply<int, MaxInteger<int>>,
        ("max", "u32") => &Atomics.Apply<uint, MaxInteger<uint>>,
        ("max", "s64") => &Atomics.Apply<long, MaxInteger<long>>,
        ("max", "u64") => &Atomics.Apply<ulong, MaxInteger<ulong>>,
        ("exch", "b32" or "u32" or "s32" or "f32") => &Atomics.Apply<uint, Exchange<uint>>,
        ("exch", "b64" or "u64" or "s64") => &Atomics.Apply<ulong, Exchange<ulong>>,
        ("and", "b32") => &Atomics.Apply<uint, AndInteger<uint>>,
        ("or", "b32") => &Atomics.Apply<uint, OrInteger<uint>>,
        ("xor", "b32") => &Atomics.Apply<uint, XorInteger<uint>>,
        ("and", "b64") => &Atomics.Apply<ulong, AndInteger<ulong>>,
        ("or", "b64") => &Atomics.Apply<ulong, OrInteger<ulong>>,
        ("xor", "b64") => &Atomics.Apply<ulong, XorInteger<ulong>>,
        ("inc", "u32") => &Atomics.Apply<uint, IncrementWrap>,
        ("dec", "u32") => &Atomics.Apply<uint, DecrementWrap>,
        _ => throw opcode.Unknown($"atomic '.{operation}.{type}'"),
    };
}
