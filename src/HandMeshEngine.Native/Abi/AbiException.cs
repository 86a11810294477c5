namespace HandMeshEngine.Native.Abi;

/// <summary>A call that breaks the contract of include/handmesh.h.</summary>
internal sealed class AbiException(Status status, string message) : Exception(message)
{
    /// <summary>What the function returns.</summary>
    public Status Status { get; } = status;

    /// <summary>A pointer that must not be null is.</summary>
    public static AbiException Null(string argument) => new(Status.InvalidArgument, $"{argument} is null; give a pointer");
}
