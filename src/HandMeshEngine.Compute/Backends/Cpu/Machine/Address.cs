namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>The memory at base + displacement + index times scale; the index is any register but rsp.</summary>
internal readonly record struct Address(Gpr Base, int Displacement = 0, Gpr? Index = null, int Scale = 1);
