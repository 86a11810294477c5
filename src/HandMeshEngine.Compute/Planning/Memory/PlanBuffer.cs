namespace HandMeshEngine.Compute.Planning.Memory;

/// <summary>Which memory of a plan a <see cref="PlanBuffer"/> lies in.</summary>
internal enum BufferKind
{
    /// <summary>Shared by values that are not alive at the same time.</summary>
    Arena,

    /// <summary>Weights and tables, written once.</summary>
    Constant,

    /// <summary>Numbers with which blocks of a launch find each other; zero between runs.</summary>
    Counter,

    /// <summary>Filled by the caller before a run.</summary>
    Input,

    /// <summary>Read by the caller after a run.</summary>
    Output,

    /// <summary>The description of the run's image, in page-locked host memory that kernels read.</summary>
    Image,
}

/// <summary>A piece of memory that values of a plan live in; it has an address once the plan's memory is allocated.</summary>
internal class PlanBuffer(BufferKind kind, long bytes)
{
    /// <summary>The memory that it is a part of.</summary>
    public BufferKind Kind { get; } = kind;

    /// <summary>Its size.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Bytes before it in the memory of its kind.</summary>
    public long Start { get; set; }

    /// <summary>A place in it, for plans.</summary>
    public virtual string Describe(long offset) => Kind == BufferKind.Constant ? "constant" : $"@{Start + offset}";
}
