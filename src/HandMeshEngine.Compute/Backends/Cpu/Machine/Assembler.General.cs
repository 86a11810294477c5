namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>Moves, sums and jumps on general registers.</summary>
internal sealed partial class Assembler
{
    public void Mov(Gpr to, Gpr from)
    {
        Rex(wide: true, (int)from, 0, (int)to);
        Byte(0x89);
        ModRm((int)from, (int)to);
    }

    public void Mov(Gpr to, Address from) => Memory(0x8B, wide: true, (int)to, from);

    public void Mov(Address to, Gpr from) => Memory(0x89, wide: true, (int)from, to);

    /// <summary>The lower half; the upper becomes zero.</summary>
    public void Mov32(Gpr to, Address from) => Memory(0x8B, wide: false, (int)to, from);

    public void Mov32(Address to, Gpr from) => Memory(0x89, wide: false, (int)from, to);

    public void Mov32(Gpr to, int value)
    {
        Rex(wide: false, 0, 0, (int)to);
        Byte(0xB8 | ((int)to & 7));
        Int32(value);
    }

    public void Mov32(Address to, int value)
    {
        Memory(0xC7, wide: false, 0, to);
        Int32(value);
    }

    public void Movsxd(Gpr to, Address from) => Memory(0x63, wide: true, (int)to, from);

    public void Lea(Gpr to, Address from) => Memory(0x8D, wide: true, (int)to, from);

    public void Add(Gpr to, Gpr value)
    {
        Rex(wide: true, (int)value, 0, (int)to);
        Byte(0x01);
        ModRm((int)value, (int)to);
    }

    public void Add(Gpr to, Address value) => Memory(0x03, wide: true, (int)to, value);

    public void Add(Gpr to, int value) => WithImmediate(0, to, value);

    public void Sub(Gpr to, int value) => WithImmediate(5, to, value);

    public void Cmp(Gpr a, int value) => WithImmediate(7, a, value);

    public void Add(Address to, int value) => WithImmediate(0, wide: true, to, value);

    public void Sub32(Address to, int value) => WithImmediate(5, wide: false, to, value);

    public void Push(Gpr register)
    {
        Rex(wide: false, 0, 0, (int)register);
        Byte(0x50 | ((int)register & 7));
    }

    public void Pop(Gpr register)
    {
        Rex(wide: false, 0, 0, (int)register);
        Byte(0x58 | ((int)register & 7));
    }

    public void Ret() => Byte(0xC3);

    public void Jmp(int label)
    {
        Byte(0xE9);
        Jump(label);
    }

    /// <summary>Jumps if the last result was not zero.</summary>
    public void Jnz(int label)
    {
        Byte(0x0F);
        Byte(0x85);
        Jump(label);
    }

    /// <summary>Asks for a cache line in the first level.</summary>
    public void Prefetcht0(Address at) => Prefetch(1, at);

    /// <summary>Asks for a cache line in the second level.</summary>
    public void Prefetcht1(Address at) => Prefetch(2, at);

    private void Prefetch(int hint, Address at)
    {
        Rex(wide: false, 0, High(at.Index) << 3, (int)at.Base);
        Byte(0x0F);
        Byte(0x18);
        ModRm(hint, at, 1);
    }

    private void WithImmediate(int operation, Gpr to, int value)
    {
        Rex(wide: true, 0, 0, (int)to);
        bool isShort = value is >= sbyte.MinValue and <= sbyte.MaxValue;
        Byte(isShort ? 0x83 : 0x81);
        ModRm(operation, (int)to);
        Immediate(value, isShort);
    }

    private void WithImmediate(int operation, bool wide, Address to, int value)
    {
        bool isShort = value is >= sbyte.MinValue and <= sbyte.MaxValue;
        Memory(isShort ? 0x83 : 0x81, wide, operation, to);
        Immediate(value, isShort);
    }

    private void Immediate(int value, bool isShort)
    {
        if (isShort)
        {
            Byte(value);
        }
        else
        {
            Int32(value);
        }
    }

    private void Memory(int opcode, bool wide, int reg, Address at)
    {
        Rex(wide, reg, High(at.Index) << 3, (int)at.Base);
        Byte(opcode);
        ModRm(reg, at, 1);
    }

    private void Rex(bool wide, int reg, int index, int rm)
    {
        int bits = (wide ? 8 : 0) | ((reg >> 3) << 2) | ((index >> 3) << 1) | (rm >> 3);
        if (bits != 0)
        {
            Byte(0x40 | bits);
        }
    }
}
