namespace HandMeshEngine.Cli.Output;

/// <summary>A compiled plan on a page: fused steps below each other, long lines wrapped.</summary>
internal static class PlanText
{
    private const string Fused = " | ";

    public static void Write(TextWriter writer, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int indent = line.Length - line.TrimStart().Length;
            string[] steps = line.Split(Fused);
            for (int i = 0; i < steps.Length; i++)
            {
                Page.Write(writer, i == 0 ? steps[i] : $"{new string(' ', indent + 2)}| {steps[i]}", indent + 6);
            }
        }
    }
}
