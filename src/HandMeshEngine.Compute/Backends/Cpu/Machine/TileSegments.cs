namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>Offsets that are compared by their values.</summary>
internal readonly struct TileSegments(int[] offsets) : IEquatable<TileSegments>
{
    private readonly int[] _offsets = offsets;

    public int Count => _offsets.Length;

    public int this[int index] => _offsets[index];

    public bool Equals(TileSegments other) => _offsets.AsSpan().SequenceEqual(other._offsets);

    public override bool Equals(object? obj) => obj is TileSegments other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(_offsets.AsSpan()));
        return hash.ToHashCode();
    }
}
