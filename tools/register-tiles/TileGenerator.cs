using System.Text;

namespace HandMeshEngine.Tools.RegisterTiles;

/// <summary>
/// Writes the register tiles of the CPU backend: the inner loops of every matrix product and convolution. A tile of P pixels by
/// V vectors keeps its P V sums in registers; each step of k loads V vectors of weights once and, for each pixel, one input
/// value into all lanes. The sums are locals with names of their own: the JIT keeps those in registers, arrays it does not. A
/// call computes many tiles of the same channels, one after the other. Where the channels of the last vector fill no more than half of
/// it, a tile that pairs pixels keeps those of two pixels in one vector: 24 channels cost 1.5 vectors.
/// </summary>
public static class TileGenerator
{
    /// <summary>
    /// The tiles: vectors, whether the last of them is shared by pairs of pixels, and pixel counts. Per level the plan uses those that
    /// fit its registers: the sums, vectors of weights and input values.
    /// </summary>
    private static readonly (int Vectors, bool Pairs, int[] Pixels)[] Shapes =
    [
        (1, false, [1, 2, 4, 6, 7, 8, 10, 12, 13, 14]),
        (2, false, [1, 2, 4, 6, 7, 8, 10, 12, 13, 14]),
        (2, true, [6, 8, 12, 14, 16]),
        (3, false, [1, 2, 4, 6, 7, 8]),
        (3, true, [4, 8, 10]),
        (4, false, [1, 2, 4, 6]),
    ];

    /// <summary>The C# source.</summary>
    public static string Generate()
    {
        var text = new StringBuilder();
        text.Append(
            """
            // Written by tools/register-tiles; change the generator, not this file.
            using System.Runtime.CompilerServices;
            using HandMeshEngine.Compute.Backends.Cpu.Plan;
            using HandMeshEngine.Compute.Backends.Cpu.Simd;

            namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

            /// <summary>The register tiles: sums of products for some pixels by some vectors of channels, and their store.</summary>
            internal static unsafe class RegisterTiles<TSimd, TVector>
                where TSimd : struct, ISimd<TVector>
                where TVector : struct
            {
                /// <summary>All tiles.</summary>
                public static ReadOnlySpan<TileShape> Shapes => All;

                private static readonly TileShape[] All =
                [

            """);
        foreach ((int vectors, bool pairs, int[] counts) in Shapes)
        {
            text.Append("        ").AppendJoin(", ", counts.Select(pixels => $"new({pixels}, {vectors}{(pairs ? ", Pairs: true" : string.Empty)})")).Append(",\n");
        }

        text.Append(
            """
                ];

                /// <summary>The tile of a shape that is in <see cref="Shapes"/>; with or without prefetching of other weights.</summary>
                public static delegate*<TileCall*, void> Find(TileShape shape, bool prefetches) =>
                    prefetches ? Find<Prefetching>(shape) : Find<NotPrefetching>(shape);

                private static delegate*<TileCall*, void> Find<TPrefetch>(TileShape shape)
                    where TPrefetch : struct, IPrefetch => shape switch
                {

            """);
        foreach ((int vectors, bool pairs, int[] counts) in Shapes)
        {
            foreach (int pixels in counts)
            {
                text.Append($"        ({pixels}, {vectors}, {(pairs ? "true" : "false")}) => &{Name(pixels, vectors, pairs)}<TPrefetch>,\n");
            }
        }

        text.Append(
            """
                    _ => throw new ArgumentOutOfRangeException(nameof(shape), $"there is no tile {shape}"),
                };

            """);
        foreach ((int vectors, bool pairs, int[] counts) in Shapes)
        {
            foreach (int pixels in counts)
            {
                Tile(new CodeWriter(text), pixels, vectors, pairs);
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string Name(int pixels, int vectors, bool pairs) => pairs ? $"Tile{pixels}x{vectors - 1}AndHalf" : $"Tile{pixels}x{vectors}";

    private static void Tile(CodeWriter code, int pixels, int vectors, bool pairs)
    {
        IEnumerable<int> allPixels = Enumerable.Range(0, pixels);
        string Sum(int pixel, int vector) => $"s{pixel}{(char)('a' + vector)}";
        string Each(Func<int, string> part) => string.Join(" ", Enumerable.Range(0, vectors).Select(part));
        string At(int vector) => vector switch { 0 => string.Empty, 1 => " + TSimd.Width", _ => $" + ({vector} * TSimd.Width)" };

        // The first pixel of a pair holds the shared sum.
        IEnumerable<int> Vectors(int pixel) => Enumerable.Range(0, pairs && pixel % 2 == 1 ? vectors - 1 : vectors);
        bool IsShared(int vector) => pairs && vector == vectors - 1;
        string Load(string from, int vector) => IsShared(vector) ? $"TSimd.LoadHalfTwice({from}{At(vector)})" : $"TSimd.Load({from}{At(vector)})";

        code.Line(0, string.Empty);
        code.Line(1, "[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Line(1, $"private static void {Name(pixels, vectors, pairs)}<TPrefetch>(TileCall* call)");
        code.Line(2, "where TPrefetch : struct, IPrefetch");
        code.Line(1, "{");
        code.Line(2, "int* inputRows = call->InputRows;");
        code.Line(2, "int* outputRows = call->OutputRows;");
        code.Line(2, "int* residualRows = call->ResidualRows;");
        code.Line(2, "nint ahead = call->Ahead;");
        code.Line(2, "nint second = ahead + call->AheadSecond;");
        code.Line(2, "int tiles = call->Tiles;");
        code.Line(2, "do");
        code.Line(2, "{");
        code.Line(3, "if (call->Residual != null)");
        code.Line(3, "{");
        code.Line(4, "// Read only at the end of the tile: by then it is near.");
        foreach (int p in allPixels)
        {
            code.Line(4, $"float* r{p} = call->Residual + residualRows[{p}];");
            code.Line(4, Each(v => $"TSimd.PrefetchNear(r{p}{At(v)});"));
        }

        code.Line(3, "}");
        code.Line(0, string.Empty);
        code.Line(3, "if (call->OutputIsFar)");
        code.Line(3, "{");
        foreach (int p in allPixels)
        {
            code.Line(4, $"float* f{p} = call->Output + outputRows[{p}];");
            code.Line(4, Each(v => $"TSimd.PrefetchNear(f{p}{At(v)});"));
        }

        code.Line(3, "}");
        code.Line(0, string.Empty);
        code.Line(3, Each(v => $"TVector b{v} = {Load("call->Bias", v)};"));
        foreach (int p in allPixels)
        {
            code.Line(3, $"TVector {string.Join(", ", Vectors(p).Select(v => $"{Sum(p, v)} = b{v}"))};");
        }

        foreach (int p in allPixels)
        {
            code.Line(3, $"float* x{p} = call->Input + inputRows[{p}];");
        }

        code.Line(3, "float* w = call->Weights;");
        code.Line(3, "int* segment = call->Segments;");
        code.Line(3, "int* lastSegment = segment + call->SegmentCount;");
        code.Line(3, "nint length = call->SegmentLength;");
        code.Line(3, "do");
        code.Line(3, "{");
        code.Line(4, "nint k = *segment++;");
        code.Line(4, "nint end = k + length;");
        code.Line(4, "do");
        code.Line(4, "{");
        code.Line(5, Each(v => $"b{v} = {Load("w", v)};"));
        foreach (int p in allPixels)
        {
            code.Line(5, $"TVector i{p} = TSimd.Broadcast(x{p}[k]);");
            code.Line(5, string.Join(" ", Enumerable.Range(0, pairs ? vectors - 1 : vectors).Select(v => $"{Sum(p, v)} = TSimd.MultiplyAdd(i{p}, b{v}, {Sum(p, v)});")));
            if (pairs && p % 2 == 1)
            {
                string sum = Sum(p - 1, vectors - 1);
                code.Line(5, $"{sum} = TSimd.MultiplyAdd(TSimd.JoinHalves(i{p - 1}, i{p}), b{vectors - 1}, {sum});");
            }
        }

        code.Line(5, "if (TPrefetch.IsOn)");
        code.Line(5, "{");
        code.Line(6, "TSimd.Prefetch((byte*)w + ahead);");
        code.Line(6, "TSimd.Prefetch((byte*)w + second);");
        code.Line(5, "}");
        code.Line(0, string.Empty);
        code.Line(5, $"w += {vectors} * TSimd.Width;");
        code.Line(5, "k++;");
        code.Line(4, "}");
        code.Line(4, "while (k < end);");
        code.Line(3, "}");
        code.Line(3, "while (segment < lastSegment);");
        code.Line(0, string.Empty);
        code.Line(3, "if (call->Residual != null)");
        code.Line(3, "{");
        foreach (int p in allPixels)
        {
            code.Line(4, $"float* r{p} = call->Residual + residualRows[{p}];");
        }

        foreach (int p in allPixels)
        {
            code.Line(4, string.Join(" ", Vectors(p).Select(v =>
                $"{Sum(p, v)} = TSimd.Add({Sum(p, v)}, {(IsShared(v) ? $"TSimd.LoadHalves(r{p}{At(v)}, r{p + 1}{At(v)})" : $"TSimd.Load(r{p}{At(v)})")});")));
        }

        code.Line(4, $"residualRows += {pixels};");
        code.Line(3, "}");
        code.Line(0, string.Empty);
        code.Activation(
            3,
            allPixels.Select(p => (IReadOnlyList<string>)[.. Vectors(p).Select(v => Sum(p, v))]),
            [.. Enumerable.Range(0, vectors).Select(v => Load("call->Slope", v))]);
        code.Line(0, string.Empty);
        foreach (int p in allPixels)
        {
            code.Line(3, $"float* y{p} = call->Output + outputRows[{p}];");
            for (int v = 0; v + 1 < vectors; v++)
            {
                code.Line(3, $"TSimd.Store({Sum(p, v)}, y{p}{At(v)});");
            }
        }

        code.Line(0, string.Empty);
        int last = vectors - 1;
        string Store(int p, string partial, string lanes) => pairs
            ? $"TSimd.Store{partial}Halves({Sum(p, last)}, y{p}{At(last)}, y{p + 1}{At(last)}{lanes});"
            : $"TSimd.Store{partial}({Sum(p, last)}, y{p}{At(last)}{lanes});";
        code.Line(3, "int lanes = call->LastLanes;");
        code.Line(3, $"if (lanes == TSimd.Width{(pairs ? " / 2" : string.Empty)})");
        code.Line(3, "{");
        foreach (int p in allPixels.Where(p => !pairs || p % 2 == 0))
        {
            code.Line(4, Store(p, string.Empty, string.Empty));
        }

        code.Line(3, "}");
        code.Line(3, "else");
        code.Line(3, "{");
        foreach (int p in allPixels.Where(p => !pairs || p % 2 == 0))
        {
            code.Line(4, Store(p, "Partial", ", lanes"));
        }

        code.Line(3, "}");
        code.Line(0, string.Empty);
        code.Line(3, $"inputRows += {pixels};");
        code.Line(3, $"outputRows += {pixels};");
        code.Line(3, "ahead += call->AheadStep;");
        code.Line(3, "second += call->AheadStep;");
        code.Line(2, "}");
        code.Line(2, "while (--tiles > 0);");
        code.Line(1, "}");
    }
}
