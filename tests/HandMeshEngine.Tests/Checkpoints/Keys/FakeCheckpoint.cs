using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Tests.Checkpoints;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Checkpoints.Keys;

/// <summary>The tensors of a released checkpoint with their names and shapes; all values lie over one block of zeros.</summary>
internal static class FakeCheckpoint
{
    private static readonly byte[] _zeros = new byte[256 << 20];

    /// <summary>The weights and tables that the authors' file of a system holds.</summary>
    /// <param name="system">Model id.</param>
    /// <param name="variant">Which manifest.</param>
    /// <param name="rename">From the manifest's name to the name in the file; null leaves a tensor out.</param>
    public static TensorMap Of(string system, string variant, Func<string, string?> rename)
    {
        TensorMap tables = EmptyTables.Of(system, variant);
        var map = new TensorMap("fake.pth");
        foreach (ManifestEntry entry in Named.Manifest(system, variant).Entries.Where(entry => !entry.IsAdded))
        {
            if (rename(entry.Name) is { } name)
            {
                map.Add(name, tables.TryGet(entry.Name, out Tensor? table) ? table : Zeros(entry));
            }
        }

        return map;
    }

    /// <summary>A float tensor of zeros.</summary>
    public static Tensor Zeros(params ReadOnlySpan<int> extents)
    {
        var shape = new Shape(extents);
        return new Tensor(DType.Float32, shape, _zeros.AsMemory(0, 4 * shape.Count));
    }

    private static Tensor Zeros(ManifestEntry entry) =>
        Zeros([.. entry.Extents.Select(extent => extent.Value(EmptyTables.SizesOf(entry.Name))!.Value)]);
}
