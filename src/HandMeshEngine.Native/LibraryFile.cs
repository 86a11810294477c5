namespace HandMeshEngine.Native;

/// <summary>Where this library lies, so that the weights beside it are found whichever program loaded it.</summary>
internal static unsafe class LibraryFile
{
    /// <summary>Tells the engine, when the library is loaded.</summary>
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "A native library has no other place that runs first.")]
    internal static void AddWeights()
    {
        if (Find() is { } file)
        {
            WeightFolders.AddBeside(file);
        }
    }

    // An address inside this library, which the system's loader knows by its file. Empty where the code is compiled at run time.
    private static string? Find()
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            return null;
        }

        delegate* unmanaged<byte*> inside = &Exports.LibraryExports.Version;
        if (OperatingSystem.IsWindows())
        {
            const int longest = 1024;
            const uint fromAddress = 4, unchangedCount = 2;
            char* path = stackalloc char[longest];
            return GetModuleHandleExW(fromAddress | unchangedCount, inside, out nint module) != 0 && GetModuleFileNameW(module, path, longest) is > 0 and < longest
                ? new string(path)
                : null;
        }

        return dladdr(inside, out SymbolPlace place) != 0 ? Marshal.PtrToStringUTF8((nint)place.File) : null;
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern int dladdr(void* address, out SymbolPlace place);

    [DllImport("kernel32", ExactSpelling = true)]
    private static extern int GetModuleHandleExW(uint flags, void* address, out nint module);

    [DllImport("kernel32", ExactSpelling = true)]
    private static extern uint GetModuleFileNameW(nint module, char* path, uint capacity);

    // Dl_info of dlfcn.h.
    private struct SymbolPlace
    {
        public byte* File;
        public void* Base;
        public byte* Name;
        public void* Address;
    }
}
