using Iced.Intel;

namespace HandMeshEngine.Compute.Tests.Cpu.Machine;

/// <summary>Machine code as text, by a decoder that knows nothing of the assembler: mnemonic and operands, displacements in decimal.</summary>
internal static class Decoded
{
    /// <summary>One line for each instruction.</summary>
    public static string[] Lines(byte[] code) => [.. Instructions(code).Select(Line)];

    /// <summary>The instructions.</summary>
    public static IReadOnlyList<Instruction> Instructions(byte[] code)
    {
        var decoder = Decoder.Create(64, code);
        var all = new List<Instruction>();
        while (decoder.IP < (ulong)code.Length)
        {
            all.Add(decoder.Decode());
        }

        return all;
    }

    private static string Line(Instruction instruction)
    {
        IEnumerable<string> operands = Enumerable.Range(0, instruction.OpCount).Select(i => Operand(instruction, i));
        string mask = instruction.HasOpMask ? $" {{{Name(instruction.OpMask)}}}{(instruction.ZeroingMasking ? "z" : string.Empty)}" : string.Empty;
        return $"{instruction.Mnemonic.ToString().ToLowerInvariant()} {string.Join(", ", operands)}{mask}".TrimEnd();
    }

    private static string Operand(in Instruction instruction, int i) => instruction.GetOpKind(i) switch
    {
        OpKind.Register => Name(instruction.GetOpRegister(i)),
        OpKind.Memory => Memory(instruction),
        OpKind.NearBranch64 => $"@{instruction.NearBranch64}",
        _ => ((long)instruction.GetImmediate(i)).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Memory(in Instruction instruction)
    {
        string index = instruction.MemoryIndex == Register.None ? string.Empty : $" + {Name(instruction.MemoryIndex)}*{instruction.MemoryIndexScale}";
        return $"[{Name(instruction.MemoryBase)}{index} {(long)instruction.MemoryDisplacement64}]{(instruction.IsBroadcast ? " repeated" : string.Empty)}";
    }

    private static string Name(Register register) => register.ToString().ToLowerInvariant();
}
