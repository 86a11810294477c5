using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Where a weight of a product comes from: index of the output, position in k, phase.</summary>
internal delegate float WeightAt(ReadOnlySpan<float> weights, int output, int k, int phase);

/// <summary>What all matrix products share: kernels/gemm.cuh with its tiles, packed weights and epilogue.</summary>
internal static class ProductWriter
{
    /// <summary>Completes and appends a launch of a file built on gemm.cuh.</summary>
    /// <param name="context">Gets the launch.</param>
    /// <param name="step">The launch, with the constants of its own file.</param>
    /// <param name="product">Its size.</param>
    /// <param name="x">The operand that rows are gathered from.</param>
    /// <param name="to">Where the result goes.</param>
    /// <param name="weights">The constant weights.</param>
    /// <param name="packing">A name for the order in which <paramref name="at"/> reads them.</param>
    /// <param name="at">That order.</param>
    /// <param name="epilogue">What is done with the sums.</param>
    /// <param name="own">Operands of the op before those of the epilogue.</param>
    /// <param name="more">Parameters of its own file, behind those of gemm.cuh.</param>
    public static void Emit(
        CudaLoweringContext context, LaunchStep step, ProductShape product, View x, View to, Tensor weights, string packing, WeightAt at,
        Epilogue epilogue, int own, params ReadOnlySpan<Pointer> more)
    {
        bool tensorCores = context.Precisions.UsesTensorCores(step.Node);
        step.Product = tensorCores ? product : null;
        int warps = tensorCores ? 4 : ScalarTiles.Warps(product, gathers: step.File == "spiralconv");
        Tile tile = tensorCores ? context.Tiles.For(product) : ScalarTiles.For(product, warps, context.Tiles.Model);
        PlanBuffer packed = PackedForTiles(context, product, tile, weights, packing, tensorCores, at);
        if (product.Phases > 1 || step.File == "convtranspose2d")
        {
            int perPhase = checked((int)(packed.Bytes / product.Phases / (tensorCores ? 2 : 4)));
            step.Define("WEIGHTS_PER_PHASE", perPhase);
        }

        if (!tensorCores)
        {
            step.DependentSteps = ScalarTiles.Steps(product, tile.Split, warps);
            step.Define("SCALAR_WARPS", warps);
        }

        step.Define("MMA", tensorCores).Define("IN_TYPE", x.TypeName).Define("IN_WEIGHT", tensorCores ? "half_t" : "float");
        step.Take(x.Pointer, new Pointer(packed, 0));
        EmitTiles(
            context, step, product, tile, 32 * warps, tensorCores ? tile.SharedBytes : warps * ScalarTiles.WarpBytes, to, epilogue, own,
            Layout.BytesOf(x, to) + packed.Bytes, more);
    }

    /// <summary>The weights of a product as its tiles read them.</summary>
    public static PlanBuffer PackedForTiles(
        CudaLoweringContext context, ProductShape product, Tile tile, Tensor weights, string packing, bool tensorCores, WeightAt at)
    {
        int stepChunks = tensorCores ? 4 : 2;
        int depth = Layout.Ceiling(product.Chunks, stepChunks) * stepChunks * Layout.Group;
        int outputs = Layout.Ceiling(product.Outputs, tile.Outputs) * tile.Outputs;
        Func<int, int, int> index = tensorCores ? (output, k) => Fragments.IndexOf(output, k, depth) : (output, k) => (output * depth) + k;
        return context.Constants.Packed(
            weights, $"{packing} {outputs}x{depth} {tensorCores}", () => Pack(weights, product, outputs * depth, tensorCores, at, index));
    }

    /// <summary>Completes and appends a launch of one block a tile (a part of one where k is split); its operands have been taken.</summary>
    public static void EmitTiles(
        CudaLoweringContext context, LaunchStep step, ProductShape product, Tile tile, int threads, int sharedBytes, View to, Epilogue epilogue,
        int own, long bytes, ReadOnlySpan<Pointer> more)
    {
        int rowTiles = Layout.Ceiling(product.Rows, tile.Rows), outputTiles = Layout.Ceiling(product.Outputs, tile.Outputs);
        step.Define("TILE_M", tile.Rows).Define("TILE_N", tile.Outputs).Define("STAGES", tile.Stages).Define("SPLIT", tile.Split);
        EpilogueWriter.Write(context, step, epilogue, own, to);
        if (tile.Split == 1)
        {
            step.Take(default, default);
        }
        else
        {
            int tiles = rowTiles * outputTiles * product.Phases;
            var partial = new PlanBuffer(BufferKind.Arena, (long)tiles * tile.Split * tile.Rows * tile.Outputs * sizeof(float));
            step.Take(new Pointer(partial, 0, IsWritten: true), new Pointer(context.Plan.AddCounters(tiles), 0));
        }

        step.Take(more);
        step.Shape = new LaunchShape(rowTiles, outputTiles, product.Phases * tile.Split, threads, 1, 1, sharedBytes);
        step.Detail += $" tile {tile}{step.Ending}";
        context.Emit(step, bytes);
    }

    /// <summary>What multiplies, for the names of kernels.</summary>
    public static string Engine(bool tensorCores) => tensorCores ? "mma" : "scalar";

    /// <summary>Products, one after the other, that make up one of more than fp16, for the names of kernels.</summary>
    public static string PartsText(int parts) => parts == 1 ? string.Empty : $"_x{parts}";

    /// <summary>Weights in fp16 or fp32, <paramref name="count"/> a phase, each at its index by output and k.</summary>
    public static byte[] Pack(Tensor tensor, ProductShape product, int count, bool half, WeightAt at, Func<int, int, int> index)
    {
        ReadOnlySpan<float> weights = tensor.Span<float>();
        var bytes = new byte[checked((long)product.Phases * count * (half ? 2 : 4))];
        Span<Half> halves = half ? MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()) : default;
        Span<float> floats = half ? default : MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int phase = 0; phase < product.Phases; phase++)
        {
            for (int output = 0; output < product.Outputs; output++)
            {
                for (int k = 0; k < product.Chunks * Layout.Group; k++)
                {
                    float value = at(weights, output, k, phase);
                    int to = (phase * count) + index(output, k);
                    if (half)
                    {
                        halves[to] = (Half)value;
                    }
                    else
                    {
                        floats[to] = value;
                    }
                }
            }
        }

        return bytes;
    }
}
