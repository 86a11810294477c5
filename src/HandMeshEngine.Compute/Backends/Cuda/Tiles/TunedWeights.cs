using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// Weights on the device that the plans of a tuning share: those of equal bytes lie there once, so that plans compete with the same caches
/// and a tuning takes little more memory than one plan.
/// </summary>
internal sealed class TunedWeights(CudaContext context) : IDisposable
{
    private readonly Dictionary<string, DeviceMemory> _memory = [];

    /// <summary>Bytes on the device.</summary>
    public long Bytes => _memory.Values.Sum(memory => memory.Bytes);

    /// <summary>The address of these bytes, copied unless they are there.</summary>
    public ulong Put(CudaStream stream, byte[] content)
    {
        string key = Convert.ToHexStringLower(Sha256.Of(content));
        if (!_memory.TryGetValue(key, out DeviceMemory? memory))
        {
            _memory.Add(key, memory = new DeviceMemory(context, content.Length));
            stream.Write(memory, 0, content);
        }

        return memory.Address;
    }

    /// <summary>Frees them, after all plans.</summary>
    public void Dispose()
    {
        foreach (DeviceMemory memory in _memory.Values)
        {
            memory.Dispose();
        }

        _memory.Clear();
    }
}
