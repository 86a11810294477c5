namespace PtxSimulator.Operations;

/// <summary><c>trap</c>: the kernel gives up.</summary>
internal static class Trap
{
    public static void Execute(Warp warp, Instruction instruction, uint mask) =>
        throw new AccessException(CudaResult.LaunchFailed, BitOperations.TrailingZeroCount(mask), "the kernel executed a trap");
}
