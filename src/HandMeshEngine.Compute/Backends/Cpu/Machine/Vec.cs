namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>A vector register: its number, and how many of its bytes an instruction uses (16, 32 or 64).</summary>
internal readonly record struct Vec(int Number, int Bytes)
{
    /// <summary>All 64 bytes.</summary>
    public static Vec Zmm(int number) => new(number, 64);

    /// <summary>The lower 32 bytes.</summary>
    public static Vec Ymm(int number) => new(number, 32);

    /// <summary>The lower 16 bytes.</summary>
    public static Vec Xmm(int number) => new(number, 16);
}
