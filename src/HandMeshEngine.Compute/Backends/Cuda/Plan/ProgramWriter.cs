using System.Globalization;
using System.Reflection;
using System.Text;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>Puts the kernels of a plan into few programs: a file's specialisations side by side, each in a namespace of its own.</summary>
internal static class ProgramWriter
{
    // NVRTC takes tens of milliseconds for any program; more kernels in one would only make progress coarser.
    private const int KernelsPerProgram = 16;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> _sources = new(ReadSources);

    /// <summary>The kernel sources by file name.</summary>
    public static IReadOnlyDictionary<string, string> Sources => _sources.Value;

    /// <summary>The programs of a plan, and for each the names of its kernels.</summary>
    public static IReadOnlyList<(KernelProgram Program, IReadOnlyList<string> Entries)> Write(IEnumerable<LaunchStep> steps) =>
        Write(steps, Sources);

    /// <summary>The same with other sources, for tests that plant defects.</summary>
    public static IReadOnlyList<(KernelProgram Program, IReadOnlyList<string> Entries)> Write(
        IEnumerable<LaunchStep> steps, IReadOnlyDictionary<string, string> sources)
    {
        var programs = new List<(KernelProgram, IReadOnlyList<string>)>();
        foreach (IGrouping<string, LaunchStep> file in steps.DistinctBy(step => step.Entry).GroupBy(step => step.File))
        {
            foreach (LaunchStep[] chunk in file.OrderBy(step => step.Entry, StringComparer.Ordinal).Chunk(KernelsPerProgram))
            {
                HashSet<string> own = [.. chunk.SelectMany(step => step.Leaves).Select(step => $"{step.File}.cu")];
                KeyValuePair<string, string>[] headers =
                    [.. sources.Where(pair => pair.Key.EndsWith(".cuh", StringComparison.Ordinal) || own.Contains(pair.Key))
                        .OrderBy(pair => pair.Key, StringComparer.Ordinal)];
                programs.Add((new KernelProgram($"plan_{file.Key}", Text(chunk), headers, []), [.. chunk.Select(step => step.Entry)]));
            }
        }

        return programs;
    }

    private static string Text(LaunchStep[] steps)
    {
        string first = steps[0].Parts.Count > 0 ? "merged.cuh" : steps[0].Stages.Count > 0 ? "walk.cuh" : "prelude.cuh";
        var text = new StringBuilder($"#include \"{first}\"\n#include \"mma.cuh\"\n#include \"elements.cuh\"\n");
        foreach (LaunchStep step in steps)
        {
            if (step.Parts.Count > 0)
            {
                WriteMerged(text, step);
            }
            else if (step.Links.Count > 0)
            {
                WriteChain(text, step);
            }
            else if (step.Stages.Count > 0)
            {
                WriteWalk(text, step);
            }
            else
            {
                Write(text, step, $"space_{step.Entry}", step.Entry, []);
            }
        }

        return text.ToString();
    }

    /// <summary>One specialisation in a namespace.</summary>
    private static void Write(StringBuilder text, LaunchStep step, string space, string entry, ReadOnlySpan<(string Name, string Value)> more)
    {
        (string Name, string Value)[] constants = [("ENTRY", entry), .. step.Constants, .. more];
        text.Append("namespace ").Append(space).Append(" {\n");
        foreach ((string name, string value) in constants)
        {
            text.Append("#define ").Append(name).Append(' ').Append(value).Append('\n');
        }

        text.Append("#include \"").Append(step.File).Append(".cu\"\n");
        foreach ((string name, _) in constants)
        {
            text.Append("#undef ").Append(name).Append('\n');
        }

        text.Append("}\n");
    }

    /// <summary>The parts as functions, and the kernel that calls in each block the one it belongs to.</summary>
    private static void WriteMerged(StringBuilder text, LaunchStep step)
    {
        int argument = 0;
        var body = new StringBuilder();
        WriteParts(text, body, [.. step.Leaves], $"space_{step.Entry}", "blockIdx.x", isLast: true, ref argument);
        WriteKernel(text, $"MERGED({Number(step.Shape.BlockX)}) {step.Entry}", argument, body);
    }

    /// <summary>The stages as functions, and the kernel whose blocks do each of them together before they begin the next.</summary>
    private static void WriteWalk(StringBuilder text, LaunchStep step)
    {
        int argument = 0, meeting = step.Pointers.Count - 1;
        var body = new StringBuilder("    wait_for_predecessor();\n");
        for (int i = 0; i < step.Stages.Count; i++)
        {
            if (i > 0)
            {
                body.Append("    wait_for_all_blocks(").AppendJoin(string.Empty, Arguments(meeting, 1)).Append(");\n");
            }

            body.Append("    for (unsigned block = blockIdx.x; block < ").Append(Number(step.Stages[i].Blocks)).Append("; block += gridDim.x) {\n    begin_block(block);\n");
            WriteParts(text, body, [.. step.Stages[i].Leaves], $"space_{step.Entry}_{Number(i)}", "block", isLast: false, ref argument);
            body.Append("    }\n");
        }

        WriteKernel(text, $"MERGED({Number(step.Shape.BlockX)}) {step.Entry}", step.Pointers.Count, body);
    }

    /// <summary>
    /// Launches side by side as functions, and in <paramref name="body"/> the call of the one that a block belongs to, which ends the kernel
    /// if it <paramref name="isLast"/>.
    /// </summary>
    private static void WriteParts(StringBuilder text, StringBuilder body, LaunchStep[] parts, string spaces, string block, bool isLast, ref int argument)
    {
        int first = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            LaunchStep part = parts[i];
            string space = $"{spaces}_{Number(i)}";
            Write(text, part, space, "part", [("FIRST_BLOCK", Number(first)), ("GRID_X", Number(part.Shape.GridX)), ("GRID_Y", Number(part.Shape.GridY))]);
            first += part.Blocks;
            body.Append(i == 0 || isLast ? "    " : "    else ").Append(i == parts.Length - 1 ? string.Empty : $"if ({block} < {Number(first)}) ")
                .Append(isLast ? "return " : string.Empty).Append(space).Append("::part(")
                .AppendJoin(", ", Arguments(argument, part.Pointers.Count)).Append(");\n");
            argument += part.Pointers.Count;
        }
    }

    /// <summary>The links as functions, and the kernel whose blocks call them one after the other.</summary>
    private static void WriteChain(StringBuilder text, LaunchStep step)
    {
        int argument = 0;
        var weights = new StringBuilder();
        var body = new StringBuilder();
        for (int i = 0; i < step.Links.Count; i++)
        {
            LaunchStep link = step.Links[i];
            string space = $"space_{step.Entry}_{Number(i)}", own = i == 0 ? string.Empty : $"w{Number(i)}, ";
            Write(text, link, space, "link", []);
            if (i > 0)
            {
                weights.Append("    ").Append(space).Append("::First w").Append(Number(i)).Append(";\n");
                body.Append("[&] { ").Append(space).Append("::ask(w").Append(Number(i)).Append(", ").AppendJoin(", ", Arguments(argument, 1)).Append("); });\n");
            }

            body.Append("    ").Append(space).Append("::link(").AppendJoin(", ", Arguments(argument, link.Pointers.Count)).Append(", ").Append(own).Append("memory, ");
            argument += link.Pointers.Count;
        }

        body.Append("[] {});\n");
        WriteKernel(text, $"LARGE_KERNEL({Number(step.Shape.BlockX)}) {step.Entry}", argument, weights.Insert(0, "    SHARED_MEMORY(memory);\n").Append(body));
    }

    private static void WriteKernel(StringBuilder text, string head, int parameters, StringBuilder body) =>
        text.Append(head).Append('(').AppendJoin(", ", Enumerable.Range(0, parameters).Select(a => $"void* a{Number(a)}")).Append(") {\n").Append(body).Append("}\n");

    private static IEnumerable<string> Arguments(int first, int count) => Enumerable.Range(first, count).Select(a => $"Argument{{a{Number(a)}}}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> ReadSources()
    {
        Assembly assembly = typeof(ProgramWriter).Assembly;
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("kernels/", StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            sources.Add(name["kernels/".Length..], reader.ReadToEnd());
        }

        return sources;
    }
}
