using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>One part of a Winograd convolution for all blocks, V and M in the arena.</summary>
internal sealed unsafe class WinogradPartStep<TSimd, TVector>(
    string name, WinogradPart part, WinogradLayer<TSimd, TVector> layer, View v, View m, MatrixRows rows, int threads) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly int _tasks = part switch
    {
        WinogradPart.Input => Math.Min(layer.InputVectors, 4 * threads),
        WinogradPart.Product => WinogradFilter.Matrices,
        _ => Math.Min(layer.OutputVectors, 4 * threads),
    };

    public override int Tasks => _tasks;

    public override string Describe() => part == WinogradPart.Product
        ? $"{name} winograd product {layer}"
        : $"{name} winograd {part.ToString().ToLowerInvariant()}";

    protected override void Compute(int task, float* scratch)
    {
        switch (part)
        {
            case WinogradPart.Input:
                (int firstInput, int lastInput) = TaskSplit.Range(layer.InputVectors, _tasks, task);
                layer.TransformInput(0, layer.Blocks, firstInput, lastInput, v.Data, layer.Blocks);
                break;
            case WinogradPart.Product:
                layer.Multiply(task, task + 1, 0, layer.Panels, v.Data, m.Data, layer.Blocks, rows);
                break;
            default:
                (int firstOutput, int lastOutput) = TaskSplit.Range(layer.OutputVectors, _tasks, task);
                layer.TransformOutput(0, layer.Blocks, firstOutput, lastOutput, m.Data, layer.Blocks);
                break;
        }
    }
}
