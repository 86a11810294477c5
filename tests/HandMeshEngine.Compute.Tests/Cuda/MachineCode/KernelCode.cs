using System.Text.RegularExpressions;

namespace HandMeshEngine.Compute.Tests.Cuda.MachineCode;

/// <summary>What the machine code of one kernel does, counted in nvdisasm's listing. PTX cannot show it: ptxas moves loads.</summary>
/// <param name="Name">The kernel.</param>
/// <param name="LoadsAhead">Loads from global memory, asynchronous copies included, before the kernel waits for its predecessor.</param>
/// <param name="Waits">Waits for the predecessor (ACQBULK, from sm_90 on).</param>
/// <param name="MatrixProducts">Products on tensor cores (HMMA).</param>
/// <param name="ConstantLoads">Loads by the path for constants, which may be stale where kernels overlap.</param>
/// <param name="LocalAccesses">Loads and stores of local memory: spilled registers, arrays with indices.</param>
internal sealed partial record KernelCode(string Name, int LoadsAhead, int Waits, int MatrixProducts, int ConstantLoads, int LocalAccesses)
{
    /// <summary>The kernels of a listing.</summary>
    public static IEnumerable<KernelCode> Read(string listing)
    {
        foreach (string section in listing.Split(".section\t.text.").Skip(1))
        {
            string name = section[..section.IndexOfAny([',', '\n'])];
            string[] opcodes = [.. Instructions().Matches(section).Select(match => match.Groups["opcode"].Value)];
            int wait = Array.FindIndex(opcodes, code => code.StartsWith("ACQBULK", StringComparison.Ordinal));
            yield return new KernelCode(
                name,
                opcodes.Take(Math.Max(0, wait)).Count(code => code.StartsWith("LDG", StringComparison.Ordinal)),
                opcodes.Count(code => code.StartsWith("ACQBULK", StringComparison.Ordinal)),
                opcodes.Count(code => code.StartsWith("HMMA", StringComparison.Ordinal)),
                opcodes.Count(code => code.StartsWith("LDG", StringComparison.Ordinal) && code.Contains(".CONSTANT", StringComparison.Ordinal)),
                opcodes.Count(code => code is ['L', 'D', 'L', ..] or ['S', 'T', 'L', ..]));
        }
    }

    // "/*0010*/  @!P0 LDG.E.128 R4, ..." in any of nvdisasm's layouts.
    [GeneratedRegex(@"^\s+/\*[0-9a-f]+\*/\s+(?:\{\s*)?(?:@!?U?P\w+\s+)?(?<opcode>[A-Z][A-Z0-9_.]*)", RegexOptions.Multiline)]
    private static partial Regex Instructions();
}
