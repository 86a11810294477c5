using System.Reflection;
using System.Text;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>Puts the kernels of a plan into few programs: a file's specialisations side by side, each in a namespace of its own.</summary>
internal static class ProgramWriter
{
    // NVRTC takes tens of milliseconds for any program; more kernels in one would only make progress coarser.
    private const int KernelsPerProgram = 16;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_sources = new(ReadSources);

    /// <summary>The kernel sources by file name.</summary>
    public static IReadOnlyDictionary<string, string> Sources => s_sources.Value;

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
                KeyValuePair<string, string>[] headers =
                    [.. sources.Where(pair => pair.Key.EndsWith(".cuh", StringComparison.Ordinal) || pair.Key == $"{file.Key}.cu")
                        .OrderBy(pair => pair.Key, StringComparer.Ordinal)];
                programs.Add((new KernelProgram($"plan_{file.Key}", Text(chunk), headers, []), [.. chunk.Select(step => step.Entry)]));
            }
        }

        return programs;
    }

    private static string Text(LaunchStep[] steps)
    {
        var text = new StringBuilder("#include \"prelude.cuh\"\n#include \"mma.cuh\"\n#include \"elements.cuh\"\n");
        foreach (LaunchStep step in steps)
        {
            text.Append("namespace space_").Append(step.Entry).Append(" {\n#define ENTRY ").Append(step.Entry).Append('\n');
            foreach ((string name, string value) in step.Constants)
            {
                text.Append("#define ").Append(name).Append(' ').Append(value).Append('\n');
            }

            text.Append("#include \"").Append(step.File).Append(".cu\"\n#undef ENTRY\n");
            foreach ((string name, _) in step.Constants)
            {
                text.Append("#undef ").Append(name).Append('\n');
            }

            text.Append("}\n");
        }

        return text.ToString();
    }

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
