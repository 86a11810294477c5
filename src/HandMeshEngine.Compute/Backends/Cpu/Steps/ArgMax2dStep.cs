namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// Position and value of the maximum of each map, the first in row-major order of equal ones. A task is one vector of channels, positions
/// kept as floats.
/// </summary>
internal sealed unsafe class ArgMax2dStep<TSimd, TVector>(View input, View output) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly int _vectors = (input.Channels + TSimd.Width - 1) / TSimd.Width;

    public override int Tasks => input.Images * _vectors;

    // Best values, columns and rows.
    public override int ScratchFloats => 3 * TSimd.Width;

    public override string Describe() => $"argmax2d {input} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int task, float* scratch)
    {
        (int n, int vector) = Math.DivRem(task, _vectors);
        int first = vector * TSimd.Width, count = Math.Min(TSimd.Width, input.Channels - first);
        float* map = input.Data + ((long)n * input.ImageStride) + first;
        TVector best = Lanes<TSimd, TVector>.Load(map, count), bestX = TSimd.Zero, bestY = TSimd.Zero;
        for (int y = 0; y < input.Height; y++)
        {
            float* at = map + ((long)y * input.RowStride);
            TVector row = TSimd.Broadcast(y);
            for (int x = 0; x < input.Width; x++, at += input.PixelStride)
            {
                TVector value = Lanes<TSimd, TVector>.Load(at, count);
                bestX = TSimd.SelectGreater(value, best, TSimd.Broadcast(x), bestX);
                bestY = TSimd.SelectGreater(value, best, row, bestY);
                best = TSimd.SelectGreater(value, best, value, best);
            }
        }

        TSimd.Store(bestX, scratch);
        TSimd.Store(bestY, scratch + TSimd.Width);
        TSimd.Store(best, scratch + (2 * TSimd.Width));
        for (int i = 0; i < count; i++)
        {
            float* to = output.Data + ((long)n * output.ImageStride) + ((long)(first + i) * output.PixelStride);
            for (int part = 0; part < 3; part++)
            {
                to[part] = scratch[(part * TSimd.Width) + i];
            }
        }
    }
}
