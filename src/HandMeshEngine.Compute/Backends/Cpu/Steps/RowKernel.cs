namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>A function of one row.</summary>
internal abstract unsafe class RowKernel
{
    /// <summary>Writes the result of one row of <paramref name="count"/> floats.</summary>
    public abstract void Run(float* from, int count, float* to, float* scratch);
}
