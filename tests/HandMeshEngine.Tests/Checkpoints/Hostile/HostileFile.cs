using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Tests.Checkpoints.PyTorch;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>A file that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Make">Makes its bytes.</param>
/// <param name="Reason">Words that the message must contain.</param>
/// <param name="IsTable">Read as a pickled table (.pkl) instead of a checkpoint.</param>
internal sealed record HostileFile(string Name, Func<byte[]> Make, string Reason, bool IsTable = false)
{
    /// <summary>Reads it as a conversion would.</summary>
    public void Read()
    {
        if (IsTable)
        {
            PickleFile.Read(new MemoryStream(Make()), "hostile.pkl");
        }
        else
        {
            TorchReading.All(Make(), "hostile.pth");
        }
    }
}
