using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Applies a <see cref="RowKernel"/> to every row of a value.</summary>
internal sealed unsafe class RowStep(string name, RowKernel kernel, View input, View output, int threads) : Step
{
    private const int TileWork = 8 * 1024;

    private readonly int _cuts = RowCuts.Count(input.Pixels, input.Channels, TileWork, threads);

    public override int Tiles => _cuts;

    public override int ScratchFloats => input.Channels;

    public override string Describe() => $"{name} {input} -> {output}";

    protected override void Compute(int tile, float* scratch)
    {
        (int first, int last) = RowCuts.Range(input.Pixels, _cuts, tile);
        for (int i = first; i < last; i++)
        {
            (int n, int p) = Math.DivRem(i, input.Width);
            (int outputN, int outputP) = Math.DivRem(i, output.Width);
            kernel.Run(
                input.Data + ((long)n * input.ImageStride) + ((long)p * input.PixelStride),
                input.Channels,
                output.Data + ((long)outputN * output.ImageStride) + ((long)outputP * output.PixelStride),
                scratch);
        }
    }
}
