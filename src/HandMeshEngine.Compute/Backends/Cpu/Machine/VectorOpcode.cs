namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>What tells a vector instruction from others.</summary>
/// <param name="Map">Opcode map: 1 is 0F, 2 is 0F38, 3 is 0F3A.</param>
/// <param name="Prefix">0 none, 1 is 66, 2 is F3, 3 is F2.</param>
/// <param name="Code">The opcode.</param>
/// <param name="Wide">The W bit.</param>
/// <param name="Tuple">Bytes of a memory operand, by which short displacements count; 0: the whole vector.</param>
/// <param name="EvexOnly">True if the instruction has no VEX form, or one that belongs to another feature.</param>
internal readonly record struct VectorOpcode(int Map, int Prefix, byte Code, bool Wide = false, int Tuple = 0, bool EvexOnly = false);
