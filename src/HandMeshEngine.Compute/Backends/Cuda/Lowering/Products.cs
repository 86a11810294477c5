using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/gemm.cuh and epilogue.cuh: what all matrix products share.</content>
internal sealed partial class CudaLowering
{
    private const int ScalarTile = 32;
    private const int ScalarSharedBytes = 2 * 16 * 36 * sizeof(float);
    private const int TensorStages = 3;

    /// <summary>Where a weight of a product comes from: index of the output, position in k, phase.</summary>
    private delegate float WeightAt(ReadOnlySpan<float> weights, int output, int k, int phase);

    /// <summary>A matrix product with its rows gathered in some way.</summary>
    /// <param name="Rows">Rows of the result, of one phase.</param>
    /// <param name="Outputs">Columns of the result.</param>
    /// <param name="Chunks">Groups of 8 that k runs over.</param>
    /// <param name="Phases">Products side by side, each with weights of its own.</param>
    private sealed record Product(int Rows, int Outputs, int Chunks, int Phases = 1);

    /// <summary>
    /// Whether a node is computed on tensor cores. Heads, whose sums go to the caller as they are, are not: there the rounding of
    /// operands would show most, and they are small. What reads a pair is, whatever it is.
    /// </summary>
    private bool UsesTensorCores(Node node) => _precision == Precision.Float16 && (!IsExact(node) || MultipliesPair(node));

    private bool IsExact(Node node) => node.FullPrecision || _shown.Contains(node.Id);

    private bool MultipliesPair(Node node) => node.Op is Conv2dOp { Groups: 1 } && IsExact(node) && _pairs.Contains(node.Inputs[0]);

    /// <summary>Whether what fp16 takes from the weights is multiplied too.</summary>
    private bool SplitsWeights(Node node, Tensor weights) => UsesTensorCores(node)
        && (node.Rounding == Rounding.Activations || IsExact(node)) && !Pairs.IsExact(weights.Span<float>());

    // Products, one after the other, that make up one of more than fp16.
    private static string PartsText(int parts) => parts == 1 ? string.Empty : $"_x{parts}";

    private static int Ceiling(int value, int step) => (value + step - 1) / step;

    /// <summary>Completes and appends a launch of a file built on gemm.cuh.</summary>
    private void EmitProduct(
        LaunchStep step, Product product, View x, View to, Tensor weights, string packing, WeightAt at, Epilogue epilogue, int own,
        params ReadOnlySpan<Pointer> more)
    {
        Node node = step.Node;
        bool tensorCores = UsesTensorCores(node);
        var shape = new ProductShape(product.Rows, product.Outputs, product.Chunks, product.Phases);
        step.Product = tensorCores ? shape : null;
        Tile tile = tensorCores
            ? _tiles.For(shape)
            : new Tile(ScalarTile, ScalarTile, TensorStages);
        PlanBuffer packed = PackedForTiles(product, tile, weights, packing, tensorCores, at);
        if (product.Phases > 1 || step.File == "convtranspose2d")
        {
            int perPhase = checked((int)(packed.Bytes / product.Phases / (tensorCores ? 2 : 4)));
            step.Define("WEIGHTS_PER_PHASE", perPhase);
        }

        step.Define("MMA", tensorCores).Define("IN_TYPE", x.TypeName).Define("IN_WEIGHT", tensorCores ? "half_t" : "float");
        step.Take(x.Pointer, new Pointer(packed, 0));
        EmitTiles(
            step, product, tile, tensorCores ? 128 : 64, tensorCores ? tile.SharedBytes : ScalarSharedBytes, to, epilogue, own,
            BytesOf(x, to) + packed.Bytes, more);
    }

    /// <summary>The weights of a product as its tiles read them.</summary>
    private PlanBuffer PackedForTiles(Product product, Tile tile, Tensor weights, string packing, bool tensorCores, WeightAt at)
    {
        int stepChunks = tensorCores ? 4 : 2;
        int depth = Ceiling(product.Chunks, stepChunks) * stepChunks * Layout.Group;
        int outputs = Ceiling(product.Outputs, tile.Outputs) * tile.Outputs;
        Func<int, int, int> place = tensorCores ? (output, k) => Fragments.IndexOf(output, k, depth) : (output, k) => (output * depth) + k;
        return Packed(weights, $"{packing} {outputs}x{depth} {tensorCores}", () => Pack(weights, product, outputs * depth, tensorCores, at, place));
    }

    /// <summary>Completes and appends a launch of one block a tile (a part of one where k is split); its operands have been taken.</summary>
    private void EmitTiles(
        LaunchStep step, Product product, Tile tile, int threads, int sharedBytes, View to, Epilogue epilogue, int own, long bytes,
        ReadOnlySpan<Pointer> more)
    {
        int rowTiles = Ceiling(product.Rows, tile.Rows), outputTiles = Ceiling(product.Outputs, tile.Outputs);
        step.Define("TILE_M", tile.Rows).Define("TILE_N", tile.Outputs).Define("STAGES", tile.Stages).Define("SPLIT", tile.Split);
        Epilogue(step, epilogue, own, to);
        if (tile.Split == 1)
        {
            step.Take(default, default);
        }
        else
        {
            int tiles = rowTiles * outputTiles * product.Phases;
            var partial = new PlanBuffer(BufferKind.Arena, (long)tiles * tile.Split * tile.Rows * tile.Outputs * sizeof(float));
            step.Take(new Pointer(partial, 0, IsWritten: true), new Pointer(_plan.AddConstant(new byte[tiles * sizeof(uint)]), 0));
        }

        step.Take(more);
        step.Shape = new LaunchShape(rowTiles, outputTiles, product.Phases * tile.Split, threads, 1, 1, sharedBytes);
        step.Detail += $" tile {tile}{step.Ending}";
        Emit(step, bytes);
    }

    /// <summary>
    /// Constants and parameters of epilogue.cuh; <paramref name="own"/> is the number of operands before the epilogue's. The last that it
    /// makes of the sums may be read by the launch itself only.
    /// </summary>
    private void Epilogue(LaunchStep step, Epilogue epilogue, int own, View to, bool storesLast = true)
    {
        Node node = step.Node;
        Tail? tail = _tails.GetValueOrDefault(node.Id);
        View? residual = epilogue.Residual ? Rows(node, Whole(node, epilogue.ResidualIndex(own))) : null;
        View? addend = tail?.Sum is null ? null : Rows(node, ViewOf(tail.Addend));
        View? second = tail?.Second is { } affine ? storesLast ? Allocate(affine) : Unstored(affine) : null;
        bool storesFirst = StoresFirst(node, storesLast);
        step.Define("OUT_CHANNELS", to.Channels).Define("OUT_STORED", to.Stored).Define("OUT_PITCH", to.Pitch)
            .Define("OUT_LOW", to.Low)
            .Define("OUT_RUN", new[] { to, residual, addend, second }.OfType<View>().Min(place => place.Run))
            .Define("RESIDUAL_TYPE", residual?.TypeName ?? "float").Define("RESIDUAL_PITCH", residual?.Pitch ?? 0)
            .Define("RESIDUAL_LOW", residual?.Low ?? 0)
            .Define("HAS_BIAS", epilogue.Bias).Define("HAS_RESIDUAL", epilogue.Residual);
        Activation(step, epilogue.Activation);
        Activation(step, tail?.Sum is { Op: BinaryOp sum } ? sum.Activation : Graph.Activation.None, "ADDEND_ACTIVATION")
            .Define("HAS_ADDEND", addend is not null).Define("ADDEND_TYPE", addend?.TypeName ?? "float").Define("ADDEND_PITCH", addend?.Pitch ?? 0);
        Activation(step, tail?.Second is { Op: AffineOp scaled } ? scaled.Activation : Graph.Activation.None, "SECOND_ACTIVATION")
            .Define("HAS_FIRST", storesFirst).Define("HAS_SECOND", second is null ? 0 : storesLast ? 1 : 2)
            .Define("SECOND_TYPE", second?.TypeName ?? "float").Define("SECOND_PITCH", second?.Pitch ?? 0);
        step.Take(
            storesFirst ? to.Target : default,
            PerChannel(node, epilogue.BiasIndex(own), "bias"),
            residual?.Pointer ?? default,
            PerChannel(node, epilogue.SlopeIndex(own), "slope"),
            addend?.Pointer ?? default,
            storesLast && second is not null ? second.Target : default,
            second is null ? default : PerChannel(tail!.Second!, 1, "scale"),
            second is null ? default : PerChannel(tail!.Second!, 2, "shift"));
        step.Ending = epilogue + (tail is null ? string.Empty : TailText(tail));
    }

    private static string TailText(Tail tail) =>
        (tail.Sum is { Op: BinaryOp sum } ? $" then +%{tail.Addend}{ActivationText(sum.Activation)}" : string.Empty)
        + (tail.Second is { Op: AffineOp affine }
            ? $" {(tail.StoresFirst ? "and" : "then")} affine{ActivationText(affine.Activation)}"
            : string.Empty);

    private static string Engine(bool tensorCores) => tensorCores ? "mma" : "scalar";

    /// <summary>Weights of a type, <paramref name="count"/> a phase, each at its place by output and k.</summary>
    private static byte[] Pack(Tensor tensor, Product product, int count, bool half, WeightAt at, Func<int, int, int> place)
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
                    int index = (phase * count) + place(output, k);
                    if (half)
                    {
                        halves[index] = (Half)value;
                    }
                    else
                    {
                        floats[index] = value;
                    }
                }
            }
        }

        return bytes;
    }
}
