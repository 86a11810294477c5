namespace PtxSimulator.Parsing;

/// <summary>The PTX text has a form, an instruction or an operand that the simulator does not know. Nothing is ever skipped or guessed.</summary>
internal sealed class PtxFormatException(int line, string what) : Exception($"PTX line {line}: {what}")
{
    public int Line { get; } = line;
}
