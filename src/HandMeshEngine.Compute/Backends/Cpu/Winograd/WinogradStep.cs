using HandMeshEngine.Compute.Backends.Cpu.Products;

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
    public override int Tasks => (layer.Blocks + groupBlocks - 1) / groupBlocks;

    public override int ScratchFloats => WinogradFilter.Matrices * groupBlocks * (layer.InputStride + layer.OutputStride);

    public override string Describe() => $"{name} winograd groups of {groupBlocks} {layer}";

    protected override void Compute(int task, float* scratch)
    {
        int first = task * groupBlocks, last = Math.Min(first + groupBlocks, layer.Blocks);
        float* m = scratch + ((long)WinogradFilter.Matrices * groupBlocks * layer.InputStride);
        layer.TransformInput(first, last, 0, layer.InputVectors, scratch, groupBlocks);
        layer.Multiply(0, WinogradFilter.Matrices, 0, layer.Panels, scratch, m, groupBlocks, last - first == groupBlocks ? rows : lastRows);
        layer.TransformOutput(first, last, 0, layer.OutputVectors, m, groupBlocks);
    }
}
