namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Sums of products in double precision.</summary>
internal static class DotProduct
{
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
