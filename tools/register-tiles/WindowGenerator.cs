using System.Text;

namespace HandMeshEngine.Tools.RegisterTiles;

/// <summary>
/// Writes the kernels of depth-wise convolutions: one vector of channels, rows of outputs in blocks of adjacent pixels whose sums
/// stay in registers. The usual windows (3 and 5 wide, stride 1 and 2) load each input of a row once for all outputs that it
/// belongs to, and need no border around the map: they leave out the rows outside it and read zeros for the columns outside it. Any
/// other window goes tap by tap and loads an input for each.
/// </summary>
public static class WindowGenerator
{
    private static readonly (int Kernel, int Stride)[] Windows = [(3, 1), (3, 2), (5, 1), (5, 2)];
    private static readonly int[] Blocks = [1, 2, 4, 6, 7, 8];
    private static readonly int[] TapBlocks = [1, 4, 7];

    /// <summary>The C# source.</summary>
    public static string Generate()
    {
        var text = new StringBuilder();
        text.Append(
            $$"""
            // Written by tools/register-tiles; change the generator, not this file.
            using System.Runtime.CompilerServices;
            using HandMeshEngine.Compute.Backends.Cpu.Simd;

            namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

            /// <summary>The kernels of depth-wise convolutions.</summary>
            internal static unsafe class WindowTiles<TSimd, TVector>
                where TSimd : struct, ISimd<TVector>
                where TVector : struct
            {
                /// <summary>Outputs a block that there are kernels for.</summary>
                public static ReadOnlySpan<int> Blocks(int kernel, int stride) => (kernel, stride) switch
                {
                    {{string.Join(" or ", Windows)}} => [{{string.Join(", ", Blocks)}}],
                    _ => [{{string.Join(", ", TapBlocks)}}],
                };

                /// <summary>The kernel for a square window without dilation, or for any window if <paramref name="kernel"/> is 0.</summary>
                public static delegate*<WindowCall*, void> Find(int kernel, int stride, int block) => (kernel, stride, block) switch
                {

            """);
        foreach ((int kernel, int stride) in Windows)
        {
            foreach (int block in Blocks)
            {
                text.Append($"        ({kernel}, {stride}, {block}) => &Window{kernel}Stride{stride}Block{block},\n");
            }
        }

        foreach (int block in TapBlocks)
        {
            text.Append($"        (_, _, {block}) => &Taps{block},\n");
        }

        text.Append(
            """
                    _ => throw new ArgumentOutOfRangeException(nameof(block), $"there is no kernel for {block} outputs"),
                };

            """);
        var code = new CodeWriter(text);
        foreach ((int kernel, int stride) in Windows)
        {
            foreach (int block in Blocks)
            {
                Method(code, $"Window{kernel}Stride{stride}Block{block}", block, () => Steps(code, ((block - 1) * stride) + kernel), () => Columns(code, kernel, stride, block), () => Sweep(code, kernel, stride, block));
            }
        }

        foreach (int block in TapBlocks)
        {
            Method(code, $"Taps{block}", block, () => TapSteps(code, block), () => { }, () => Taps(code, block));
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Multiples of the input's pixel step, as far as the inputs of a block reach.</summary>
    private static void Steps(CodeWriter code, int inputs)
    {
        code.Line(2, "nint pixel = call->InputStep;");
        for (int j = 2; j < inputs; j++)
        {
            code.Line(2, $"nint pixel{j} = {j} * pixel;");
        }
    }

    private static void TapSteps(CodeWriter code, int block)
    {
        code.Line(2, "nint pixel = call->InputStep * call->Stride;");
        for (int j = 2; j < block; j++)
        {
            code.Line(2, $"nint pixel{j} = {j} * pixel;");
        }

        code.Line(2, "int* lastOffset = call->Offsets + call->Taps;");
    }

    private static string At(string name, int j) => j switch { 0 => name, 1 => $"{name} + pixel", _ => $"{name} + pixel{j}" };

    /// <summary>The first and the last half of a kernel: what can lie beside the map.</summary>
    private static IEnumerable<int> Edges(int kernel, int inputs) => Enumerable.Range(0, kernel / 2).Concat(Enumerable.Range(inputs - (kernel / 2), kernel / 2));

    /// <summary>Which columns of a block lie beside the map: all bits set, for a branch for each would often be guessed wrong.</summary>
    private static void Columns(CodeWriter code, int kernel, int stride, int block)
    {
        int inputs = ((block - 1) * stride) + kernel;
        code.Line(3, "rowInput -= call->Left * pixel;");
        code.Line(3, $"int column = (x * {stride}) - call->Left;");
        foreach (int j in Edges(kernel, inputs))
        {
            code.Line(3, $"nint out{j} = {(j < kernel / 2 ? $"(column + {j}) >> 31" : $"(call->Width - 1 - column - {j}) >> 31")};");
        }
    }

    /// <summary>
    /// The rows of a window that lie in the map: their inputs once, then for each column of the kernel one weight and all sums. Long sums
    /// are made in two halves, for a multiply-add waits four cycles for the one before it.
    /// </summary>
    private static void Sweep(CodeWriter code, int kernel, int stride, int block)
    {
        int inputs = ((block - 1) * stride) + kernel;

        // With stride 2 the registers do not suffice.
        bool hasHalves = kernel == 5 && stride == 1;
        IEnumerable<int> outputs = Enumerable.Range(0, block);
        if (hasHalves)
        {
            code.Line(4, $"TVector {string.Join(", ", outputs.Select(x => $"t{x} = TSimd.Zero"))};");
        }

        int[] edges = [.. Edges(kernel, inputs)];
        code.Line(4, $"int top = call->Top + (y * {stride});");
        code.Line(4, "int firstRow = Math.Max(0, -top);");
        code.Line(4, $"int row = Math.Min({kernel}, call->Height - top) - firstRow;");
        code.Line(4, "nint rowStep = call->KernelRowStep;");
        code.Line(4, "input += firstRow * rowStep;");
        code.Line(4, $"weights += firstRow * {kernel} * TSimd.Width;");
        foreach (int j in edges)
        {
            code.Line(4, $"float* e{j} = {At("input", j)};");
            code.Line(4, $"e{j} = (float*)((nint)e{j} + (((nint)call->Zeros - (nint)e{j}) & out{j}));");
            code.Line(4, $"nint step{j} = rowStep & ~out{j};");
        }

        code.Line(4, "do");
        code.Line(4, "{");
        for (int j = 0; j < inputs; j++)
        {
            code.Line(5, $"TVector i{j} = TSimd.Load({(edges.Contains(j) ? $"e{j}" : At("input", j))});");
        }

        for (int k = 0; k < kernel; k++)
        {
            string at = k switch { 0 => string.Empty, 1 => " + TSimd.Width", _ => $" + ({k} * TSimd.Width)" };
            code.Line(5, $"TVector w{k} = TSimd.Load(weights{at});");
            string half = hasHalves && k % 2 == 1 ? "t" : "s";
            foreach (int x in outputs)
            {
                code.Line(5, $"{half}{x} = TSimd.MultiplyAdd(i{(x * stride) + k}, w{k}, {half}{x});");
            }
        }

        code.Line(5, $"weights += {kernel} * TSimd.Width;");
        code.Line(5, "input += rowStep;");
        foreach (int j in edges)
        {
            code.Line(5, $"e{j} += step{j};");
        }

        code.Line(4, "}");
        code.Line(4, "while (--row > 0);");
        if (hasHalves)
        {
            code.Line(0, string.Empty);
            foreach (int x in outputs)
            {
                code.Line(4, $"s{x} = TSimd.Add(s{x}, t{x});");
            }
        }
    }

    /// <summary>Any window: for each tap one weight, and an input for each sum.</summary>
    private static void Taps(CodeWriter code, int block)
    {
        code.Line(4, "int* offset = call->Offsets;");
        code.Line(4, "do");
        code.Line(4, "{");
        code.Line(5, "float* at = input + *offset;");
        code.Line(5, "TVector w = TSimd.Load(weights);");
        for (int x = 0; x < block; x++)
        {
            code.Line(5, $"s{x} = TSimd.MultiplyAdd(TSimd.Load({At("at", x)}), w, s{x});");
        }

        code.Line(5, "weights += TSimd.Width;");
        code.Line(5, "offset++;");
        code.Line(4, "}");
        code.Line(4, "while (offset < lastOffset);");
    }

    /// <summary>Loops over blocks and rows around the sums of one block, and their store.</summary>
    private static void Method(CodeWriter code, string name, int block, Action steps, Action columns, Action sums)
    {
        IEnumerable<int> outputs = Enumerable.Range(0, block);
        code.Line(0, string.Empty);
        code.Line(1, "[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Line(1, $"private static void {name}(WindowCall* call)");
        code.Line(1, "{");
        steps();
        code.Line(2, "TVector bias = TSimd.Load(call->Bias);");
        code.Line(2, "int x = 0;");
        code.Line(2, "do");
        code.Line(2, "{");
        code.Line(3, "// All rows of a block of columns: what two rows share is still in the first-level cache.");
        code.Line(3, "float* rowInput = call->Input + (x * call->InputStep * call->Stride);");
        code.Line(3, "float* output = call->Output + (x * call->OutputStep);");
        code.Line(3, "float* residual = call->Residual == null ? null : call->Residual + (x * call->ResidualStep);");
        columns();
        code.Line(3, "for (int y = 0; y < call->Rows; y++)");
        code.Line(3, "{");
        code.Line(4, "float* input = rowInput;");
        code.Line(4, "float* weights = call->Weights;");
        code.Line(4, $"TVector {string.Join(", ", outputs.Select(i => $"s{i} = bias"))};");
        sums();
        code.Line(0, string.Empty);
        code.Line(4, "if (residual != null)");
        code.Line(4, "{");
        foreach (int i in outputs)
        {
            code.Line(5, $"s{i} = TSimd.Add(s{i}, TSimd.Load(residual + ({i} * call->ResidualStep)));");
        }

        code.Line(0, string.Empty);
        code.Line(5, "residual += call->ResidualRowStep;");

        code.Line(4, "}");
        code.Line(0, string.Empty);
        code.Activation(4, outputs.Select(i => (IReadOnlyList<string>)[$"s{i}"]), ["TSimd.Load(call->Slope)"]);
        code.Line(0, string.Empty);
        code.Line(4, "if (call->Channels == TSimd.Width)");
        code.Line(4, "{");
        foreach (int i in outputs)
        {
            code.Line(5, $"TSimd.Store(s{i}, output + ({i} * call->OutputStep));");
        }

        code.Line(4, "}");
        code.Line(4, "else");
        code.Line(4, "{");
        foreach (int i in outputs)
        {
            code.Line(5, $"TSimd.StorePartial(s{i}, output + ({i} * call->OutputStep), call->Channels);");
        }

        code.Line(4, "}");
        code.Line(0, string.Empty);
        code.Line(4, "rowInput += call->InputRowStep;");
        code.Line(4, "output += call->OutputRowStep;");
        code.Line(3, "}");
        code.Line(0, string.Empty);
        code.Line(3, "// The last block of a row may overlap the one before it.");
        code.Line(3, $"x = x + {block} < call->Columns ? Math.Min(x + {block}, call->Columns - {block}) : call->Columns;");
        code.Line(2, "}");
        code.Line(2, "while (x < call->Columns);");
        code.Line(1, "}");
    }
}
