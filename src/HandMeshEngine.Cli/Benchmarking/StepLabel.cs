using System.Text.RegularExpressions;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A step of a plan in a few words: what runs and the shape that it makes.</summary>
internal static partial class StepLabel
{
    /// <summary>The words of a plan's line; its tiles, offsets and pitches are left out, of many layers in bands all but the first and the last.</summary>
    /// <param name="kernel">As <see cref="Compute.ProfileStep.Kernel"/> has it (docs/plan-text.md).</param>
    public static string Of(string kernel)
    {
        string steps = RowBands().Replace(kernel, string.Empty);
        string[] ops = [.. steps.Split(" | ").Select(step => step.Split(' ')[0])];
        string names = ops.Length > 2 ? $"{ops[0]} .. {ops[^1]} ({ops.Length})" : string.Join(" + ", ops);
        int arrow = steps.LastIndexOf("->", StringComparison.Ordinal);
        Match shape = Shape().Match(steps, Math.Max(arrow, 0));
        return shape.Success ? $"{names} {shape.Value.Trim('[', ']').Replace(", ", "x", StringComparison.Ordinal)}" : names;
    }

    [GeneratedRegex("^bands of [0-9]+ rows: ")]
    private static partial Regex RowBands();

    [GeneratedRegex(@"\[[0-9]+(, [0-9]+)*\]|(?<![0-9A-Za-z])[0-9]+(x[0-9]+)+")]
    private static partial Regex Shape();
}
