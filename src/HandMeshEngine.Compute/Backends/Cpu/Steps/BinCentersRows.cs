namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>The centres of bins whose widths are the positive parts of a row, scaled to the range.</summary>
internal sealed unsafe class BinCentersRows(float epsilon, View range) : RowKernel
{
    public override void Run(float* from, int count, float* to, float* scratch)
    {
        double low = range.Data[0], high = range.Data[1];
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            total += Math.Max(from[i], 0) + (double)epsilon;
        }

        double edge = 0;
        for (int i = 0; i < count; i++)
        {
            double width = (Math.Max(from[i], 0) + (double)epsilon) / total;
            to[i] = (float)(low + ((high - low) * ((width / 2) + edge)));
            edge += width;
        }
    }
}
