namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Memory that each thread may use while it computes a tile.</summary>
internal readonly unsafe struct Scratch(float* data, long stride)
{
    private readonly float* _data = data;
    private readonly long _stride = stride;

    public float* Of(int worker) => _data + (worker * _stride);
}
