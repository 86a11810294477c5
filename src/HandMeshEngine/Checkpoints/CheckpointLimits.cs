namespace HandMeshEngine.Checkpoints;

/// <summary>
/// What a weights, table or case file may ask for, checked before anything large is allocated. The defaults take every published
/// checkpoint many times over; a program that opens strangers' files sets smaller ones. Immutable.
/// </summary>
/// <remarks>Tensors need no limit of their own: their bytes lie in the file, and views that repeat a storage are held to four times the file.</remarks>
public sealed record CheckpointLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static CheckpointLimits Default { get; } = new();

    /// <summary>Most bytes of a file. The largest published checkpoint here has 1.1 GB with its optimiser.</summary>
    public long FileBytes { get; init; } = 4L << 30;

    /// <summary>Most tensors or other entries. The largest network here has 1,400 tensors, its optimiser's state three times as many.</summary>
    public int Entries { get; init; } = 50_000;

    /// <summary>Most bytes of a safetensors header or of a pickle inside an archive: about a hundred bytes an entry are usual.</summary>
    public int HeaderBytes { get; init; } = 16 << 20;

    /// <summary>Most characters of a tensor's full name, the names of the dictionaries round it included.</summary>
    public int NameLength { get; init; } = 1024;

    /// <summary>How deep dictionaries may lie inside each other.</summary>
    public int Nesting { get; init; } = 6;

    /// <summary>
    /// Most steps of a pickle: an opcode, an item or 64 bytes copied count one; one takes about a hundred bytes of memory. The largest
    /// published checkpoint takes 20,000.
    /// </summary>
    public int PickleSteps { get; init; } = 500_000;

    /// <summary>Most vertices of a mesh from which tables are made; hands have 778 to 1,500.</summary>
    public int MeshVertices { get; init; } = 20_000;

    /// <summary>Refuses a file that is too large.</summary>
    internal void CheckFile(string file, long bytes)
    {
        if (bytes > FileBytes)
        {
            throw new CheckpointException(file, $"the file has {bytes} bytes, more than the limit of {FileBytes} (CheckpointLimits.FileBytes)");
        }
    }
}
