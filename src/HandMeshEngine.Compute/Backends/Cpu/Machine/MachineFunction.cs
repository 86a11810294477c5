namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>A function of a plan's <see cref="MachineCode"/>; it has an address once that is complete.</summary>
internal sealed unsafe class MachineFunction
{
    /// <summary>Where it lies; 0 before.</summary>
    public nint Address { get; set; }

    /// <summary>Calls it with the address of its arguments.</summary>
    public void Run(void* arguments) => ((delegate* unmanaged<void*, void>)Address)(arguments);
}
