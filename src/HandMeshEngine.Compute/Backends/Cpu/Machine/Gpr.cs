namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>The general registers of x86-64 by their numbers.</summary>
internal enum Gpr
{
    Rax,
    Rcx,
    Rdx,
    Rbx,
    Rsp,
    Rbp,
    Rsi,
    Rdi,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
}
