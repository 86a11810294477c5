namespace HandMeshEngine.Native.Abi;

/// <summary>What every function of the C ABI returns: <c>handmesh_status</c> of include/handmesh.h.</summary>
internal enum Status
{
    Ok = 0,
    InvalidArgument = 1,
    InvalidHandle = 2,
    BufferTooSmall = 3,
    File = 4,
    Weights = 5,
    Image = 6,
    Device = 7,
    NotSupported = 8,
    OutOfMemory = 9,
    Closed = 10,
    Internal = 11,
}
