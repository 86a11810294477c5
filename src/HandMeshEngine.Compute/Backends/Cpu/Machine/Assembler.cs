namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// Writes machine code of x86-64: the instructions that the kernels here consist of, each a method with the name that the manuals give it.
/// Encodings: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, chapters 2 (VEX, EVEX) and 3 to 5.
/// </summary>
internal sealed partial class Assembler
{
    private readonly List<byte> _code = [];
    private readonly List<int> _labels = [];
    private readonly List<(int At, int Label)> _jumps = [];

    /// <summary>Bytes so far.</summary>
    public int Length => _code.Count;

    /// <summary>The code, all jumps resolved.</summary>
    /// <exception cref="InvalidOperationException">A jump leads to a label that was never placed.</exception>
    public byte[] ToArray()
    {
        byte[] code = [.. _code];
        foreach ((int at, int label) in _jumps)
        {
            if (_labels[label] < 0)
            {
                throw new InvalidOperationException($"a jump at byte {at} leads to label {label}, which has no place");
            }

            BitConverter.TryWriteBytes(code.AsSpan(at), _labels[label] - (at + sizeof(int)));
        }

        return code;
    }

    /// <summary>A label, to be placed once.</summary>
    public int NewLabel()
    {
        _labels.Add(-1);
        return _labels.Count - 1;
    }

    /// <summary>Places a label here.</summary>
    public void Place(int label) => _labels[label] = Length;

    /// <summary>Fills up to a multiple of <paramref name="bytes"/> with breakpoints: for places that are never reached.</summary>
    public void Align(int bytes)
    {
        while (Length % bytes != 0)
        {
            Byte(0xCC);
        }
    }

    private void Byte(int value) => _code.Add((byte)value);

    private void Int32(int value)
    {
        Byte(value);
        Byte(value >> 8);
        Byte(value >> 16);
        Byte(value >> 24);
    }

    private void Jump(int label)
    {
        _jumps.Add((Length, label));
        Int32(0);
    }

    private void ModRm(int reg, int rm) => Byte(0xC0 | ((reg & 7) << 3) | (rm & 7));

    // A displacement of one byte counts in units of the operand's bytes under EVEX, else in bytes.
    private void ModRm(int reg, in Address at, int unit)
    {
        bool needsSib = at.Index is not null || ((int)at.Base & 7) == (int)Gpr.Rsp;
        bool needsDisplacement = at.Displacement != 0 || ((int)at.Base & 7) == (int)Gpr.Rbp;
        bool isShort = at.Displacement % unit == 0 && at.Displacement / unit is >= sbyte.MinValue and <= sbyte.MaxValue;
        int mode = !needsDisplacement ? 0 : isShort ? 1 : 2;
        Byte((mode << 6) | ((reg & 7) << 3) | (needsSib ? 4 : (int)at.Base & 7));
        if (needsSib)
        {
            int index = at.Index is { } given ? (int)given & 7 : 4;
            Byte((System.Numerics.BitOperations.Log2((uint)at.Scale) << 6) | (index << 3) | ((int)at.Base & 7));
        }

        if (mode == 1)
        {
            Byte(at.Displacement / unit);
        }
        else if (mode == 2)
        {
            Int32(at.Displacement);
        }
    }

    private static int High(Gpr? register) => register is { } given ? (int)given >> 3 : 0;
}
