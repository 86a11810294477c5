using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Cli.Output;

/// <summary>What the values of a tensor are like; zeros where none is finite.</summary>
internal sealed record TensorStatistics(double Least, double Mean, double Largest, long NotFinite)
{
    public static TensorStatistics Of(Tensor tensor)
    {
        double least = double.PositiveInfinity, largest = double.NegativeInfinity, sum = 0;
        long finite = 0, count = tensor.Shape.Count;
        for (int i = 0; i < count; i++)
        {
            double value = tensor[i];
            if (double.IsFinite(value))
            {
                (least, largest) = (Math.Min(least, value), Math.Max(largest, value));
                sum += value;
                finite++;
            }
        }

        return finite == 0 ? new TensorStatistics(0, 0, 0, count) : new TensorStatistics(least, sum / finite, largest, count - finite);
    }
}
