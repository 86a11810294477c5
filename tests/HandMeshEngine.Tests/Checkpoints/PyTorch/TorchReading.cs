using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Tests.Checkpoints.PyTorch;

/// <summary>Reads a checkpoint as a conversion would: every entry, tensors included.</summary>
internal static class TorchReading
{
    /// <summary>Reads everything.</summary>
    public static void All(byte[] file, string name)
    {
        using CheckpointSource source = CheckpointSource.Open(new MemoryStream(file), name);
        foreach (string entry in source.Names)
        {
            source.Read(entry);
        }
    }
}
