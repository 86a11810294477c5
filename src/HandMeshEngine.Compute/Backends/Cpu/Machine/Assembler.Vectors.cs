namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// Instructions on vectors. 16 and 32 bytes are written in VEX where the instruction has that form and the registers allow it, else in EVEX.
/// </summary>
internal sealed partial class Assembler
{
    private static readonly VectorOpcode _add = new(1, 0, 0x58), _multiply = new(1, 0, 0x59), _min = new(1, 0, 0x5D), _max = new(1, 0, 0x5F), _subtract = new(1, 0, 0x5C);
    private static readonly VectorOpcode _load = new(1, 0, 0x10), _store = new(1, 0, 0x11), _xor = new(1, 1, 0xEF);
    private static readonly VectorOpcode _toFloat = new(1, 0, 0x5B), _addIntegers = new(1, 1, 0xFE);
    private static readonly VectorOpcode _multiplyAdd = new(2, 1, 0xB8);
    private static readonly VectorOpcode _broadcast = new(2, 1, 0x18, Tuple: sizeof(float));
    private static readonly VectorOpcode _broadcastInteger = new(2, 1, 0x58, Tuple: sizeof(int));
    private static readonly VectorOpcode _dotBFloat16 = new(2, 2, 0x52, EvexOnly: true), _dotInt16 = new(2, 1, 0x52, EvexOnly: true);
    private static readonly VectorOpcode _toBFloat16 = new(2, 2, 0x72, EvexOnly: true);
    private static readonly VectorOpcode _storeInt16 = new(1, 3, 0x7F, Wide: true, EvexOnly: true);
    private static readonly VectorOpcode _loadInt16 = new(1, 3, 0x6F, Wide: true, EvexOnly: true);

    public void Vmovups(Vec to, Vec from) => Registers(_load, to.Number, 0, from.Number, to.Bytes);

    public void Vmovups(Vec to, Address from) => Operand(_load, to.Number, 0, from, to.Bytes);

    public void Vmovups(Address to, Vec from, int mask = 0) => Operand(_store, from.Number, 0, to, from.Bytes, mask);

    /// <summary>16-bit elements; those that the mask leaves out are not touched.</summary>
    public void Vmovdqu16(Address to, Vec from, int mask) => Operand(_storeInt16, from.Number, 0, to, from.Bytes, mask);

    /// <summary>16-bit elements; those that the mask leaves out become zero.</summary>
    public void Vmovdqu16(Vec to, Address from, int mask) => Operand(_loadInt16, to.Number, 0, from, to.Bytes, mask, zeroes: true);

    /// <summary>32-bit elements; those that the mask leaves out become zero.</summary>
    public void VmovupsZeroing(Vec to, Address from, int mask) => Operand(_load, to.Number, 0, from, to.Bytes, mask, zeroes: true);

    public void Vbroadcastss(Vec to, Address from) => Operand(_broadcast, to.Number, 0, from, to.Bytes);

    public void Vpbroadcastd(Vec to, Address from) => Operand(_broadcastInteger, to.Number, 0, from, to.Bytes);

    public void Vaddps(Vec to, Vec a, Vec b) => Registers(_add, to.Number, a.Number, b.Number, to.Bytes);

    public void Vaddps(Vec to, Vec a, Address b) => Operand(_add, to.Number, a.Number, b, to.Bytes);

    public void Vsubps(Vec to, Vec a, Vec b) => Registers(_subtract, to.Number, a.Number, b.Number, to.Bytes);

    public void Vmulps(Vec to, Vec a, Vec b) => Registers(_multiply, to.Number, a.Number, b.Number, to.Bytes);

    public void Vmulps(Vec to, Vec a, Address b) => Operand(_multiply, to.Number, a.Number, b, to.Bytes);

    /// <summary>a &lt; b ? a : b; b if either is no number.</summary>
    public void Vminps(Vec to, Vec a, Vec b) => Registers(_min, to.Number, a.Number, b.Number, to.Bytes);

    /// <summary>a > b ? a : b; b if either is no number.</summary>
    public void Vmaxps(Vec to, Vec a, Vec b) => Registers(_max, to.Number, a.Number, b.Number, to.Bytes);

    /// <summary>Bits that differ: of a register with itself, zero.</summary>
    public void Vpxord(Vec to, Vec a, Vec b) => Registers(_xor, to.Number, a.Number, b.Number, to.Bytes);

    public void Vpaddd(Vec to, Vec a, Vec b) => Registers(_addIntegers, to.Number, a.Number, b.Number, to.Bytes);

    public void Vcvtdq2ps(Vec to, Vec from) => Registers(_toFloat, to.Number, 0, from.Number, to.Bytes);

    /// <summary>to += a b.</summary>
    public void Vfmadd231ps(Vec to, Vec a, Vec b) => Registers(_multiplyAdd, to.Number, a.Number, b.Number, to.Bytes);

    /// <summary>to += a b; <paramref name="repeats"/>: b is one float.</summary>
    public void Vfmadd231ps(Vec to, Vec a, Address b, bool repeats = false) =>
        Operand(_multiplyAdd, to.Number, a.Number, b, to.Bytes, repeats: repeats);

    /// <summary>to += the two products of each pair of bf16. AVX512_BF16.</summary>
    public void Vdpbf16ps(Vec to, Vec a, Vec b) => Registers(_dotBFloat16, to.Number, a.Number, b.Number, to.Bytes);

    /// <summary>As above; <paramref name="repeats"/>: b is one pair.</summary>
    public void Vdpbf16ps(Vec to, Vec a, Address b, bool repeats) => Operand(_dotBFloat16, to.Number, a.Number, b, to.Bytes, repeats: repeats);

    /// <summary>to += the two products of each pair of 16-bit integers, without saturation of the sum's parts. AVX512_VNNI.</summary>
    public void Vpdpwssd(Vec to, Vec a, Vec b) => Registers(_dotInt16, to.Number, a.Number, b.Number, to.Bytes);

    /// <summary>As above; <paramref name="repeats"/>: b is one pair.</summary>
    public void Vpdpwssd(Vec to, Vec a, Address b, bool repeats) => Operand(_dotInt16, to.Number, a.Number, b, to.Bytes, repeats: repeats);

    /// <summary>Floats to half as many bytes of bf16, to nearest, ties to even, subnormal numbers to zero. AVX512_BF16.</summary>
    public void Vcvtneps2bf16(Vec to, Vec from) => Registers(_toBFloat16, to.Number, 0, from.Number, from.Bytes);

    /// <summary>As above from memory, twice the bytes of the result.</summary>
    public void Vcvtneps2bf16(Vec to, Address from) => Operand(_toBFloat16, to.Number, 0, from, 2 * to.Bytes);

    /// <summary>The lower 16 bits of a general register into mask <paramref name="mask"/>.</summary>
    public void Kmovw(int mask, Gpr from) => Vex(new VectorOpcode(1, 0, 0x92), mask, 0, (int)from, 0, 16);

    /// <summary>Ends the use of wide vectors: later code in the old encoding is not slowed.</summary>
    public void Vzeroupper()
    {
        Byte(0xC5);
        Byte(0xF8);
        Byte(0x77);
    }

    private void Registers(in VectorOpcode op, int reg, int first, int second, int bytes)
    {
        if (IsVex(op, bytes, reg | first | second))
        {
            Vex(op, reg, first, second, 0, bytes);
        }
        else
        {
            Evex(op, reg, first, second & 8, (second >> 1) & 8, bytes, 0, false, false);
            Byte(op.Code);
            ModRm(reg, second);
        }
    }

    private void Operand(
        in VectorOpcode op, int reg, int first, in Address at, int bytes, int mask = 0, bool zeroes = false, bool repeats = false)
    {
        int index = at.Index is { } given ? (int)given : 0;
        if (mask == 0 && !repeats && IsVex(op, bytes, reg | first))
        {
            VexPrefix(op, reg, first, (int)at.Base, index, bytes);
            Byte(op.Code);
            ModRm(reg, at, 1);
        }
        else
        {
            Evex(op, reg, first, (int)at.Base & 8, index & 8, bytes, mask, zeroes, repeats);
            Byte(op.Code);
            ModRm(reg, at, repeats ? sizeof(float) : op.Tuple > 0 ? op.Tuple : bytes);
        }
    }

    private static bool IsVex(in VectorOpcode op, int bytes, int registers) => !op.EvexOnly && bytes < 64 && registers < 16;

    private void Vex(in VectorOpcode op, int reg, int first, int second, int index, int bytes)
    {
        VexPrefix(op, reg, first, second, index, bytes);
        Byte(op.Code);
        ModRm(reg, second);
    }

    private void VexPrefix(in VectorOpcode op, int reg, int first, int second, int index, int bytes)
    {
        Byte(0xC4);
        Byte(((~reg & 8) << 4) | ((~index & 8) << 3) | ((~second & 8) << 2) | op.Map);
        Byte((op.Wide ? 0x80 : 0) | ((~first & 15) << 3) | (bytes == 32 ? 4 : 0) | op.Prefix);
    }

    // b and x: bits 3 and 4 of the second operand's register, or bit 3 of an address's base and index; as 0 or 8.
    private void Evex(in VectorOpcode op, int reg, int first, int b, int x, int bytes, int mask, bool zeroes, bool repeats)
    {
        Byte(0x62);
        Byte(((~reg & 8) << 4) | ((~x & 8) << 3) | ((~b & 8) << 2) | (~reg & 16) | op.Map);
        Byte((op.Wide ? 0x80 : 0) | ((~first & 15) << 3) | 4 | op.Prefix);
        Byte((zeroes ? 0x80 : 0) | ((bytes >> 5) << 5) | (repeats ? 0x10 : 0) | ((~first & 16) >> 1) | mask);
    }
}
