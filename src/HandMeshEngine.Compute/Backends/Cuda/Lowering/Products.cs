using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
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

    private readonly record struct Tile(int Rows, int Outputs);

    /// <summary>
    /// Whether a node is computed on tensor cores. Heads, whose sums go to the caller as they are, are not: there the rounding of
    /// operands would show most, and they are small.
    /// </summary>
    private bool UsesTensorCores(Node node) => _precision == Precision.Float16 && !node.FullPrecision && !_shown.Contains(node.Id);

    /// <summary>
    /// The tile of a product: the largest that still gives every multiprocessor a block, since at batch 1 idle multiprocessors cost
    /// more than operands read twice.
    /// </summary>
    private Tile ChooseTile(Product product, bool tensorCores)
    {
        if (!tensorCores)
        {
            return new Tile(ScalarTile, ScalarTile);
        }

        Tile[] tiles = [new(64, 64), new(64, 32), new(32, 64), new(32, 32)];
        return tiles.FirstOrDefault(
            tile => tile.Rows <= Place.Padded(product.Rows) + 31 && tile.Outputs <= Place.Padded(product.Outputs) + 31
                && Blocks(product, tile) >= _multiprocessors,
            new Tile(32, 32));
    }

    private static int Blocks(Product product, Tile tile) =>
        Ceiling(product.Rows, tile.Rows) * Ceiling(product.Outputs, tile.Outputs) * product.Phases;

    private static int Ceiling(int value, int step) => (value + step - 1) / step;

    /// <summary>Completes and appends a launch of a file built on gemm.cuh.</summary>
    private void EmitProduct(
        LaunchStep step, Product product, Place x, Place to, Tensor weights, string packing, WeightAt at, Epilogue epilogue, int own,
        params ReadOnlySpan<Pointer> more)
    {
        Node node = step.Node;
        bool tensorCores = UsesTensorCores(node);
        Tile tile = ChooseTile(product, tensorCores);
        int stepChunks = tensorCores ? 4 : 2;
        int depth = Ceiling(product.Chunks, stepChunks) * stepChunks * Place.Group;
        int outputs = Ceiling(product.Outputs, tile.Outputs) * tile.Outputs;
        DeviceBuffer packed = Packed(
            weights, $"{packing} {outputs}x{depth} {tensorCores}", () => Pack(weights, product, outputs, depth, tensorCores, at));
        if (product.Phases > 1 || step.File == "convtranspose2d")
        {
            step.Define("WEIGHTS_PER_PHASE", outputs * depth);
        }

        step.Define("MMA", tensorCores).Define("IN_TYPE", x.TypeName).Define("IN_WEIGHT", tensorCores ? "half_t" : "float");
        step.Define("TILE_M", tile.Rows).Define("TILE_N", tile.Outputs).Define("STAGES", TensorStages);
        step.Take(x.Pointer, new Pointer(packed, 0));
        Epilogue(step, epilogue, own, to);
        step.Take(more);
        step.Shape = new LaunchShape(
            Ceiling(product.Rows, tile.Rows), Ceiling(product.Outputs, tile.Outputs), product.Phases, tensorCores ? 128 : 64, 1, 1,
            tensorCores ? TensorStages * (tile.Rows + tile.Outputs) * 64 : ScalarSharedBytes);
        step.Detail += $" tile {tile.Rows}x{tile.Outputs}{epilogue}";
        Emit(step, BytesOf(x, to) + packed.Bytes);
    }

    /// <summary>Constants and parameters of epilogue.cuh.</summary>
    private void Epilogue(LaunchStep step, Epilogue epilogue, int own, Place to)
    {
        Node node = step.Node;
        Place? residual = epilogue.Residual ? Rows(node, epilogue.ResidualIndex(own)) : null;
        step.Define("OUT_CHANNELS", to.Channels).Define("OUT_STORED", to.Stored).Define("OUT_PITCH", to.Pitch)
            .Define("RESIDUAL_TYPE", residual?.TypeName ?? "float").Define("RESIDUAL_PITCH", residual?.Pitch ?? 0)
            .Define("HAS_BIAS", epilogue.Bias).Define("HAS_RESIDUAL", epilogue.Residual);
        Activation(step, epilogue.Activation).Take(
            to.Pointer,
            PerChannel(node, epilogue.BiasIndex(own), "bias"),
            residual?.Pointer ?? default,
            PerChannel(node, epilogue.SlopeIndex(own), "slope"));
    }

    private static string Engine(bool tensorCores) => tensorCores ? "mma" : "scalar";

    private static byte[] Pack(Tensor tensor, Product product, int outputs, int depth, bool half, WeightAt at)
    {
        ReadOnlySpan<float> weights = tensor.Span<float>();
        var bytes = new byte[checked((long)product.Phases * outputs * depth * (half ? 2 : 4))];
        Span<Half> halves = half ? MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()) : default;
        Span<float> floats = half ? default : MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int phase = 0; phase < product.Phases; phase++)
        {
            for (int output = 0; output < product.Outputs; output++)
            {
                int row = ((phase * outputs) + output) * depth;
                for (int k = 0; k < product.Chunks * Place.Group; k++)
                {
                    float value = at(weights, output, k, phase);
                    if (half)
                    {
                        halves[row + k] = (Half)value;
                    }
                    else
                    {
                        floats[row + k] = value;
                    }
                }
            }
        }

        return bytes;
    }
}
