namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

internal sealed unsafe class AttentionPackStep<TSimd, TVector>(AttentionLayout layout, View k, View v, View packed) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    public override int Tasks => k.Images * layout.Heads;

    public override string Describe() => $"attention pack {k}, {v} -> {packed}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int task, float* scratch)
    {
        (int n, int head) = Math.DivRem(task, layout.Heads);
        float* to = packed.Data + (task * layout.HeadFloats);
        float* keys = k.Data + ((long)n * k.ImageStride) + (head * layout.HeadWidth);
        for (int first = 0; first < layout.Keys; first += layout.PanelWidth)
        {
            for (int c = 0; c < layout.HeadWidth; c++, to += layout.PanelWidth)
            {
                for (int i = 0; i < layout.PanelWidth; i++)
                {
                    to[i] = first + i < layout.Keys ? keys[((long)(first + i) * k.PixelStride) + c] : 0;
                }
            }
        }

        float* values = v.Data + ((long)n * v.ImageStride) + (head * layout.HeadWidth);
        for (int first = 0; first < layout.HeadWidth; first += layout.PanelWidth)
        {
            int width = Math.Min(layout.PanelWidth, layout.PaddedWidth - first);
            for (int j = 0; j < layout.Keys; j++, to += width)
            {
                for (int i = 0; i < width; i += TSimd.Width)
                {
                    int left = Math.Clamp(layout.HeadWidth - first - i, 0, TSimd.Width);
                    TSimd.Store(TSimd.LoadPartial(values + ((long)j * v.PixelStride) + first + i, left), to + i);
                }
            }
        }
    }
}
