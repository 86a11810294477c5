using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Plan;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Position and value of the maximum of each map; the first in row-major order wins a tie.</summary>
internal sealed unsafe class ArgMax2dStep(Area input, Area output) : Step
{
    public override int Tiles => input.Images * input.Channels;

    public override string Describe() => $"argmax2d {input} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int n, int c) = Math.DivRem(tile, input.Channels);
        float* map = input.Data + ((long)n * input.ImageStride) + c;
        float best = *map;
        int bestX = 0, bestY = 0;
        for (int y = 0; y < input.Height; y++)
        {
            float* row = map + ((long)y * input.RowStride);
            for (int x = 0; x < input.Width; x++)
            {
                float value = row[(long)x * input.PixelStride];
                if (value > best)
                {
                    (best, bestX, bestY) = (value, x, y);
                }
            }
        }

        float* to = output.Data + ((long)n * output.ImageStride) + ((long)c * output.PixelStride);
        to[0] = bestX;
        to[1] = bestY;
        to[2] = best;
    }
}
