namespace HandMeshEngine.Native.Exports;

/// <summary>The library itself: versions, the last error, the log.</summary>
internal static unsafe class LibraryExports
{
    /// <summary>Raised when the symbols or the meaning of a struct change (abi/handmesh.symbols).</summary>
    public const int AbiVersion = 1;

    private static readonly NativeText _version = new(typeof(LibraryExports).Assembly.GetName().Version!.ToString(3));

    [UnmanagedCallersOnly(EntryPoint = "handmesh_version")]
    public static byte* Version() => _version.Pointer;

    [UnmanagedCallersOnly(EntryPoint = "handmesh_abi_version")]
    public static int ReadAbiVersion() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "handmesh_last_error")]
    public static byte* LastError() => Failure.Last;

    [UnmanagedCallersOnly(EntryPoint = "handmesh_set_log")]
    public static int SetLog(delegate* unmanaged<int, byte*, void*, void> callback, void* user)
    {
        Log.Set(callback, user);
        return (int)Status.Ok;
    }
}
