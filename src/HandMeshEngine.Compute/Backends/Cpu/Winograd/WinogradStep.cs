using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>
/// All parts of a Winograd convolution for some blocks at a time, V and M in the scratch memory of the thread: for maps with so
/// many blocks that reading all weights once per group of blocks costs little.
/// </summary>
internal sealed unsafe class WinogradStep<TSimd, TVector>(
    string name, WinogradLayer<TSimd, TVector> layer, int groupBlocks, MatrixRows rows, MatrixRows lastRows) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    public override int Tiles => (layer.Blocks + groupBlocks - 1) / groupBlocks;

    public override int ScratchFloats => WinogradFilter.Matrices * groupBlocks * (layer.InputStride + layer.OutputStride);

    public override string Describe() => $"{name} winograd groups of {groupBlocks} {layer}";

    protected override void Compute(int tile, float* scratch)
    {
        int first = tile * groupBlocks, last = Math.Min(first + groupBlocks, layer.Blocks);
        float* m = scratch + ((long)WinogradFilter.Matrices * groupBlocks * layer.InputStride);
        layer.TransformInput(first, last, 0, layer.InputVectors, scratch, groupBlocks);
        layer.Multiply(0, WinogradFilter.Matrices, 0, layer.Panels, scratch, m, groupBlocks, last - first == groupBlocks ? rows : lastRows);
        layer.TransformOutput(first, last, 0, layer.OutputVectors, m, groupBlocks);
    }
}

/// <summary>The parts of a Winograd convolution that are steps of their own where there are few blocks and heavy weights.</summary>
internal enum WinogradPart
{
    /// <summary>Fills V, cut in vectors of channels.</summary>
    Input,

    /// <summary>Fills M, cut in matrices and panels, so that each weight is read by one thread.</summary>
    Product,

    /// <summary>Makes the outputs, cut in vectors of channels.</summary>
    Output,
}

/// <summary>One part of a Winograd convolution for all blocks, V and M in the arena.</summary>
internal sealed unsafe class WinogradPartStep<TSimd, TVector>(
    string name, WinogradPart part, WinogradLayer<TSimd, TVector> layer, Area v, Area m, MatrixRows rows, int threads) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly int _cuts = part switch
    {
        WinogradPart.Input => Math.Min(layer.InputVectors, 4 * threads),
        WinogradPart.Product => WinogradFilter.Matrices,
        _ => Math.Min(layer.OutputVectors, 4 * threads),
    };

    public override int Tiles => _cuts;

    public override string Describe() => part == WinogradPart.Product
        ? $"{name} winograd product {layer}"
        : $"{name} winograd {part.ToString().ToLowerInvariant()}";

    protected override void Compute(int tile, float* scratch)
    {
        switch (part)
        {
            case WinogradPart.Input:
                (int firstInput, int lastInput) = RowCuts.Range(layer.InputVectors, _cuts, tile);
                layer.TransformInput(0, layer.Blocks, firstInput, lastInput, v.Data, layer.Blocks);
                break;
            case WinogradPart.Product:
                layer.Multiply(tile, tile + 1, 0, layer.Panels, v.Data, m.Data, layer.Blocks, rows);
                break;
            default:
                (int firstOutput, int lastOutput) = RowCuts.Range(layer.OutputVectors, _cuts, tile);
                layer.TransformOutput(0, layer.Blocks, firstOutput, lastOutput, m.Data, layer.Blocks);
                break;
        }
    }
}
