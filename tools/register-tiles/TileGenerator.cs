using System.Text;

namespace HandMeshEngine.Tools.RegisterTiles;

/// <summary>
/// Writes the register tiles of the CPU backend: the inner loops of every matrix product and convolution. A tile of P pixels by
/// V vectors keeps its P V sums in registers; each step of k loads V vectors of weights once and, for each pixel, one input
/// value into all lanes. The sums are locals with names of their own: the JIT keeps those in registers, arrays it does not.
/// </summary>
public static class TileGenerator
{
    /// <summary>
    /// The tiles, as (vectors, pixel counts). Per level the plan uses those that fit its registers: pixels * vectors sums,
    /// vectors of weights and one input value.
    /// </summary>
    private static readonly (int Vectors, int[] Pixels)[] Shapes =
    [
        (1, [1, 2, 4, 6, 7, 8, 10, 12, 13, 14]),
        (2, [1, 2, 4, 6, 7, 8, 10, 12, 13, 14]),
        (3, [1, 2, 4, 6, 7, 8]),
        (4, [1, 2, 4, 6]),
    ];

    /// <summary>The C# source.</summary>
    public static string Generate()
    {
        var text = new StringBuilder();
        text.Append(
            """
            // Written by tools/register-tiles; change the generator, not this file.
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            using HandMeshEngine.Compute.Backends.Cpu.Simd;

            namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

            /// <summary>The register tiles: sums of products for some pixels by some vectors of channels, and their store.</summary>
            internal static unsafe class RegisterTiles<TSimd, TVector>
                where TSimd : struct, ISimd<TVector>
                where TVector : struct
            {
                /// <summary>All tiles as (pixels, vectors).</summary>
                public static ReadOnlySpan<(int Pixels, int Vectors)> Shapes => All;

                private static readonly (int Pixels, int Vectors)[] All =
                [

            """);
        foreach ((int vectors, int[] counts) in Shapes)
        {
            text.Append("        ").AppendJoin(", ", counts.Select(pixels => $"({pixels}, {vectors})")).Append(",\n");
        }

        text.Append(
            """
                ];

                /// <summary>The tile of a shape that is in <see cref="Shapes"/>.</summary>
                public static delegate*<TileCall*, void> Find(int pixels, int vectors) => (pixels, vectors) switch
                {

            """);
        foreach ((int vectors, int[] counts) in Shapes)
        {
            foreach (int pixels in counts)
            {
                text.Append($"        ({pixels}, {vectors}) => &Tile{pixels}x{vectors},\n");
            }
        }

        text.Append(
            """
                    _ => throw new ArgumentOutOfRangeException(nameof(pixels), $"there is no tile of {pixels} pixels by {vectors} vectors"),
                };

            """);
        foreach ((int vectors, int[] counts) in Shapes)
        {
            foreach (int pixels in counts)
            {
                Tile(text, pixels, vectors);
            }
        }

        return text.Append("}\n").ToString();
    }

    private static void Tile(StringBuilder text, int pixels, int vectors)
    {
        void Line(int indent, string line) => text.Append(' ', 4 * indent).Append(line).Append('\n');
        string Vectors(Func<int, string> part) => string.Join(" ", Enumerable.Range(0, vectors).Select(part));
        string At(int vector) => vector == 0 ? string.Empty : vector == 1 ? " + TSimd.Width" : $" + ({vector} * TSimd.Width)";

        text.Append('\n');
        Line(1, "[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        Line(1, $"private static void Tile{pixels}x{vectors}(TileCall* call)");
        Line(1, "{");
        for (int v = 0; v < vectors; v++)
        {
            Line(2, $"TVector b{v} = TSimd.Load(call->Bias{At(v)});");
        }

        for (int p = 0; p < pixels; p++)
        {
            Line(2, $"TVector {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"s{p}{(char)('a' + v)} = b{v}"))};");
        }

        for (int p = 0; p < pixels; p++)
        {
            Line(2, $"float* x{p} = call->Input + call->InputRows[{p}];");
        }

        Line(2, "float* w = call->Weights;");
        Line(2, "int* segment = call->Segments;");
        Line(2, "int* lastSegment = segment + call->SegmentCount;");
        Line(2, "nint length = call->SegmentLength;");
        Line(2, "do");
        Line(2, "{");
        Line(3, "nint k = *segment++;");
        Line(3, "nint end = k + length;");
        Line(3, "do");
        Line(3, "{");
        for (int v = 0; v < vectors; v++)
        {
            Line(4, $"b{v} = TSimd.Load(w{At(v)});");
        }

        for (int p = 0; p < pixels; p++)
        {
            Line(4, $"TVector i{p} = TSimd.Broadcast(x{p}[k]);");
            Line(4, Vectors(v => $"s{p}{(char)('a' + v)} = TSimd.MultiplyAdd(i{p}, b{v}, s{p}{(char)('a' + v)});"));
        }

        Line(4, $"w += {vectors} * TSimd.Width;");
        Line(4, "k++;");
        Line(3, "}");
        Line(3, "while (k < end);");
        Line(2, "}");
        Line(2, "while (segment < lastSegment);");
        text.Append('\n');
        Line(2, "if (call->Residual != null)");
        Line(2, "{");
        for (int p = 0; p < pixels; p++)
        {
            Line(3, $"float* r{p} = call->Residual + call->ResidualRows[{p}];");
            Line(3, Vectors(v => $"s{p}{(char)('a' + v)} = TSimd.Add(s{p}{(char)('a' + v)}, TSimd.Load(r{p}{At(v)}));"));
        }

        Line(2, "}");
        text.Append('\n');
        Line(2, "if (call->Slope != null)");
        Line(2, "{");
        for (int v = 0; v < vectors; v++)
        {
            Line(3, $"b{v} = TSimd.Load(call->Slope{At(v)});");
        }

        for (int p = 0; p < pixels; p++)
        {
            Line(3, Vectors(v =>
            {
                string s = $"s{p}{(char)('a' + v)}";
                return $"{s} = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, {s}), b{v}, TSimd.Max(TSimd.Zero, {s}));";
            }));
        }

        Line(2, "}");
        Line(2, "else");
        Line(2, "{");
        Line(3, "TVector low = TSimd.Broadcast(call->Low);");
        Line(3, "TVector high = TSimd.Broadcast(call->High);");
        for (int p = 0; p < pixels; p++)
        {
            Line(3, Vectors(v => $"s{p}{(char)('a' + v)} = TSimd.Min(high, TSimd.Max(low, s{p}{(char)('a' + v)}));"));
        }

        Line(2, "}");
        text.Append('\n');
        for (int p = 0; p < pixels; p++)
        {
            Line(2, $"float* y{p} = call->Output + call->OutputRows[{p}];");
            Line(2, Vectors(v => $"TSimd.Store(s{p}{(char)('a' + v)}, y{p}{At(v)});"));
        }

        Line(1, "}");
    }
}
