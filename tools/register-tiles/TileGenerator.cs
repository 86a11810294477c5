using System.Text;

namespace HandMeshEngine.Tools.RegisterTiles;

/// <summary>
/// Writes the register tiles of the CPU backend: the inner loops of every matrix product and convolution. A tile of P pixels by
/// V vectors keeps its P V sums in registers; each step of k loads V vectors of weights once and, for each pixel, one input
/// value into all lanes. The sums are locals with names of their own: the JIT keeps those in registers, arrays it does not. A
/// call computes many tiles of the same channels, one after the other.
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

                /// <summary>The tile of a shape that is in <see cref="Shapes"/>; with or without prefetching of other weights.</summary>
                public static delegate*<TileCall*, void> Find(int pixels, int vectors, bool prefetches) =>
                    prefetches ? Find<Prefetching>(pixels, vectors) : Find<NotPrefetching>(pixels, vectors);

                private static delegate*<TileCall*, void> Find<TPrefetch>(int pixels, int vectors)
                    where TPrefetch : struct, IPrefetch => (pixels, vectors) switch
                {

            """);
        foreach ((int vectors, int[] counts) in Shapes)
        {
            foreach (int pixels in counts)
            {
                text.Append($"        ({pixels}, {vectors}) => &Tile{pixels}x{vectors}<TPrefetch>,\n");
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
                Tile(new CodeWriter(text), pixels, vectors);
            }
        }

        return text.Append("}\n").ToString();
    }

    private static void Tile(CodeWriter code, int pixels, int vectors)
    {
        IEnumerable<int> allPixels = Enumerable.Range(0, pixels);
        string Sum(int pixel, int vector) => $"s{pixel}{(char)('a' + vector)}";
        string Each(Func<int, string> part) => string.Join(" ", Enumerable.Range(0, vectors).Select(part));
        string At(int vector) => vector switch { 0 => string.Empty, 1 => " + TSimd.Width", _ => $" + ({vector} * TSimd.Width)" };

        code.Line(0, string.Empty);
        code.Line(1, "[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Line(1, $"private static void Tile{pixels}x{vectors}<TPrefetch>(TileCall* call)");
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
        code.Line(3, Each(v => $"TVector b{v} = TSimd.Load(call->Bias{At(v)});"));
        foreach (int p in allPixels)
        {
            code.Line(3, $"TVector {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"{Sum(p, v)} = b{v}"))};");
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
        code.Line(5, Each(v => $"b{v} = TSimd.Load(w{At(v)});"));
        foreach (int p in allPixels)
        {
            code.Line(5, $"TVector i{p} = TSimd.Broadcast(x{p}[k]);");
            code.Line(5, Each(v => $"{Sum(p, v)} = TSimd.MultiplyAdd(i{p}, b{v}, {Sum(p, v)});"));
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
            code.Line(4, Each(v => $"{Sum(p, v)} = TSimd.Add({Sum(p, v)}, TSimd.Load(r{p}{At(v)}));"));
        }

        code.Line(4, $"residualRows += {pixels};");
        code.Line(3, "}");
        code.Line(0, string.Empty);
        code.Activation(
            3,
            allPixels.Select(p => (IReadOnlyList<string>)[.. Enumerable.Range(0, vectors).Select(v => Sum(p, v))]),
            [.. Enumerable.Range(0, vectors).Select(v => $"TSimd.Load(call->Slope{At(v)})")]);
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
        code.Line(3, "int lanes = call->LastLanes;");
        code.Line(3, "if (lanes == TSimd.Width)");
        code.Line(3, "{");
        foreach (int p in allPixels)
        {
            code.Line(4, $"TSimd.Store({Sum(p, vectors - 1)}, y{p}{At(vectors - 1)});");
        }

        code.Line(3, "}");
        code.Line(3, "else");
        code.Line(3, "{");
        foreach (int p in allPixels)
        {
            code.Line(4, $"TSimd.StorePartial({Sum(p, vectors - 1)}, y{p}{At(vectors - 1)}, lanes);");
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
