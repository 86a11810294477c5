using System.Text;

namespace HandMeshEngine.Compute.Generators;

/// <summary>Lines of C# with their indentation, and the parts that both kernel families share.</summary>
internal sealed class CodeWriter(StringBuilder text)
{
    /// <summary>One line, indented by four spaces a level.</summary>
    public void Line(int indent, string line)
    {
        text.Append(' ', line.Length == 0 ? 0 : 4 * indent).Append(line).Append('\n');
    }

    /// <summary>
    /// The activation of all sums: a slope below zero where the call has slopes, else a clamp. One row of sums for each pixel, one
    /// column for each vector of channels. NaN stays NaN: the sum is the second operand of each minimum and maximum.
    /// </summary>
    public void Activation(int indent, IEnumerable<IReadOnlyList<string>> sums, IReadOnlyList<string> slopes)
    {
        IReadOnlyList<string>[] rows = [.. sums];
        Line(indent, "if (call->Slope != null)");
        Line(indent, "{");
        for (int v = 0; v < slopes.Count; v++)
        {
            Line(indent + 1, $"TVector slope{v} = {slopes[v]};");
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            Line(indent + 1, string.Join(" ", row.Select((s, v) =>
                $"{s} = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, {s}), slope{v}, TSimd.Max(TSimd.Zero, {s}));")));
        }

        Line(indent, "}");
        Line(indent, "else");
        Line(indent, "{");
        Line(indent + 1, "TVector low = TSimd.Broadcast(call->Low);");
        Line(indent + 1, "TVector high = TSimd.Broadcast(call->High);");
        foreach (IReadOnlyList<string> row in rows)
        {
            Line(indent + 1, string.Join(" ", row.Select(s => $"{s} = TSimd.Min(high, TSimd.Max(low, {s}));")));
        }

        Line(indent, "}");
    }
}
